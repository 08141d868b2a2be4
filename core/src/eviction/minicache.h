// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "eviction/shadowcache.h"

namespace insitecache {

/// A ShadowCache whose entries expire, as those of L1 do: what is no longer fresh is gone, and gives its room away
/// before anything fresh has to go. Counts uses in a sketch of its own, as a part of L1 does.
/// Not thread-safe. Standard C++ only.
class MiniCache {
public:
    using Tick = std::int64_t; ///< milliseconds

    /// Asks for a key at `now`, never earlier than before. Was it there? If not it is now, and fresh for `life`.
    bool use(std::uint64_t hash, Tick now, Tick life);
    /// A fresh value is put there unasked.
    void renew(std::uint64_t hash, Tick now, Tick life);
    void drop(std::uint64_t hash) { m_shadow.drop(hash); }
    void keepOnly(const std::function<bool(std::uint64_t hash)> &stays);
    void setLimit(std::size_t entries) { m_shadow.setLimit(entries); }
    void setWindowShare(double share) { m_shadow.setWindowShare(share); }
    std::size_t count() const { return m_shadow.count(); }

private:
    struct Due {
        Tick time;
        std::uint64_t hash;
        friend bool operator>(const Due &a, const Due &b) { return a.time > b.time; }
    };
    using Dues = std::priority_queue<Due, std::vector<Due>, std::greater<>>;

    void expire(Tick now);
    void setDue(std::uint64_t hash, Tick due);

    FrequencySketch m_sketch;
    ShadowCache m_shadow{1, m_sketch, SketchUse::Counts};
    Dues m_dues; ///< also those of entries that are gone or were renewed since
};

} // namespace insitecache
