// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <insitecache/base/selector.h>

namespace insitecache {

/// What should be gone from one tier but may still be there: removals that it refused or never confirmed, and entries
/// whose replacement failed. Until such a debt is paid its keys must not be read there: the copy may be outdated.
///
/// Bounded: with too many debts everything is owed. What is to survive the process is in the journal. One thread, but
/// for isAnyOwed().
class OwedRemovals {
public:
    static constexpr std::size_t maxKeys = 10'000;
    static constexpr std::size_t maxSelectors = 100;

    void add(const CacheKey &key);
    void add(const Selector &which);
    /// `key` has been replaced or removed since.
    void settle(const CacheKey &key);

    bool isEmpty() const { return m_keys.empty() && m_selectors.empty(); }
    std::size_t size() const { return m_keys.size() + m_selectors.size(); }
    bool covers(const CacheKey &key) const;
    /// Any thread.
    bool isAnyOwed() const { return m_isAnyOwed; }
    /// When the newest debt was made: a count of all that ever were.
    std::uint64_t last() const { return m_last; }

    /// All that is owed now. Hand `upTo` to settle(upTo) when all of it has been removed.
    struct Bill {
        std::vector<Selector> items;
        std::uint64_t upTo = 0;
    };
    Bill bill() const;
    /// What was owed anew meanwhile stays owed.
    void settle(std::uint64_t upTo);

private:
    std::uint64_t m_last = 0;
    std::atomic<bool> m_isAnyOwed{false};
    std::map<CacheKey, std::uint64_t> m_keys;
    std::vector<std::pair<Selector, std::uint64_t>> m_selectors;
};

} // namespace insitecache
