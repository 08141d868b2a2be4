// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include <QString>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Which invalidations can still be undone. The newest is the one that Ctrl+Z means.
class UndoOffers {
public:
    /// How long the cache keeps what it removed.
    static constexpr Millis life{30'000};

    struct Offer {
        std::uint64_t id = 0;
        QString what; ///< key or pattern: data
        std::uint64_t keys = 0;
        SteadyTime until{};

        /// Whole seconds, rounded up: it says 1 until it is over.
        int secondsLeft(SteadyTime now) const;
    };

    void add(std::uint64_t id, const QString &what, std::uint64_t keys, SteadyTime now);
    /// Null when nothing can be undone any more.
    const Offer *newest(SteadyTime now);
    void drop(std::uint64_t id);

private:
    std::deque<Offer> m_offers; ///< oldest first
};

} // namespace insitecache
