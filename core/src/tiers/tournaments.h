// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>

#include "eviction/windowtournament.h"
#include "tiers/partitionledger.h"

namespace insitecache {

/// A WindowTournament for each partition of L1 that has entries: each type of key has its own habits.
/// Threads: any. Standard C++ only.
class Tournaments {
public:
    /// All of them together take a sixteenth of `maxBytes` at most; a partition that came too late for that keeps the
    /// first share. `expectedEntries`: how many L1 may come to hold, as far as one can say.
    Tournaments(const PartitionLedger &ledger, std::uint64_t maxBytes, std::size_t expectedEntries) :
        m_ledger(ledger), m_mostBytes(maxBytes / 16), m_expectedEntries(expectedEntries)
    {}

    /// An entry goes there: the partition is watched from now on.
    void start(PartitionId id)
    {
        if (!m_of[id].isDecided.load(std::memory_order_acquire))
            make(id);
    }
    /// The partition had to evict.
    void filled(PartitionId id)
    {
        if (!m_of[id].isFull.load(std::memory_order_relaxed))
            m_of[id].isFull.store(true, std::memory_order_relaxed);
    }
    /// The key was asked for.
    void use(PartitionId id, std::uint64_t hash)
    {
        WindowTournament *tournament = m_of[id].started.load(std::memory_order_acquire);
        if (tournament && tournament->isSampled(hash))
            tournament->use(hash, m_ledger.entries(id), m_of[id].isFull.load(std::memory_order_relaxed));
    }
    double share(PartitionId id) const
    {
        const WindowTournament *tournament = m_of[id].started.load(std::memory_order_acquire);
        return tournament ? tournament->share() : WindowTournament::firstShare();
    }
    /// The memory that all of them take.
    std::uint64_t bytes() const;

private:
    struct One {
        std::atomic<WindowTournament *> started{nullptr};
        std::atomic<bool> isDecided{false}; ///< there is one, or no room for it
        std::atomic<bool> isFull{false};
        std::unique_ptr<WindowTournament> owned;
    };

    void make(PartitionId id);

    const PartitionLedger &m_ledger;
    const std::uint64_t m_mostBytes;
    const std::size_t m_expectedEntries;
    std::array<One, partitionCount> m_of;
    std::atomic<PartitionId> m_beyond{0}; ///< no partition from here on has one
    std::mutex m_mutex;                   ///< guards what follows, and that one decides at a time
    std::uint64_t m_reserved = 0;         ///< bytes, at most
};

} // namespace insitecache
