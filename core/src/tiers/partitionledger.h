// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "tiers/partitionmap.h"

namespace insitecache {

/// What each partition of L1 holds and is guaranteed, and who has to give when there is no room.
///
/// A guarantee is no limit: what nobody uses anybody may, until an owner wants it back. Then the one goes first that
/// has most in proportion to its guarantee, so nobody loses to others what it was guaranteed (as memory is taken back
/// from those above their fair share: Waldspurger, "Memory Resource Management in VMware ESX Server", OSDI 2002). The
/// common partition is guaranteed what is left. Guarantees beyond what there is shrink in proportion.
///
/// Threads: any. While several threads insert, each may judge by figures that leave out what the others do just now.
/// Standard C++ only.
class PartitionLedger {
public:
    /// What one thread changed and did not tell the others yet. An entry that pushes another one out of its partition
    /// is nothing new to them, or little, and what nobody writes nobody has to fetch.
    /// Not thread-safe.
    class Draft {
    public:
        explicit Draft(PartitionLedger &ledger) : m_ledger(ledger) {}
        ~Draft() { settle(); }
        Draft(const Draft &) = delete;
        Draft &operator=(const Draft &) = delete;

        void add(PartitionId id, std::uint64_t bytes) { note(id, bytes, 1); }
        void subtract(PartitionId id, std::uint64_t bytes) { note(id, -bytes, -std::uint64_t(1)); }
        /// Into the ledger.
        void settle();
        /// Of all partitions, with what is in the ledger.
        std::uint64_t bytes() const { return m_ledger.bytes() + m_bytes; }
        std::uint64_t entries() const { return m_ledger.entries() + m_entries; }

    private:
        void note(PartitionId id, std::uint64_t bytes, std::uint64_t entries);

        PartitionLedger &m_ledger;
        PartitionId m_of = 0;
        std::uint64_t m_bytes = 0, m_entries = 0; ///< modulo 2^64: they may be less than nothing
    };

    void setGuarantees(const PartitionMap &map);
    /// An entry changes its partition.
    void move(PartitionId from, PartitionId to, std::uint64_t bytes);

    /// What is taken for no entry in particular.
    void changeOverhead(std::uint64_t before, std::uint64_t after)
    {
        if (after != before)
            m_overhead.fetch_add(after - before, std::memory_order_relaxed);
    }
    std::uint64_t overhead() const { return m_overhead.load(std::memory_order_relaxed); }

    /// Of the entries.
    std::uint64_t bytes() const { return m_all.bytes.load(std::memory_order_relaxed); }
    std::uint64_t entries() const { return m_all.entries.load(std::memory_order_relaxed); }
    std::uint64_t bytes(PartitionId id) const { return m_own[id].bytes.load(std::memory_order_relaxed); }
    std::uint64_t entries(PartitionId id) const { return m_own[id].entries.load(std::memory_order_relaxed); }
    /// Of `available` bytes for all.
    std::uint64_t guaranteed(PartitionId id, std::uint64_t available) const;

    /// Whose entry goes for one of `inserting`, if not one of `spared` (a bit for each partition). None: nobody has
    /// any.
    std::optional<PartitionId> debtor(PartitionId inserting, std::uint64_t available, unsigned spared) const;
    /// The largest that fits there once everybody else is down to the guarantee.
    std::uint64_t roomFor(PartitionId id, std::uint64_t available) const;

private:
    struct Totals {
        std::atomic<std::uint64_t> bytes{0}, entries{0};
    };

    void change(PartitionId id, std::uint64_t bytes, std::uint64_t entries);
    bool isDivided() const { return m_promised.load(std::memory_order_relaxed) > 0; }

    Totals m_all;
    std::atomic<std::uint64_t> m_overhead{0};
    std::array<Totals, partitionCount> m_own;
    std::array<std::atomic<std::uint64_t>, partitionCount> m_guarantees{};
    std::atomic<std::uint64_t> m_promised{0}; ///< the sum of the guarantees
};

} // namespace insitecache
