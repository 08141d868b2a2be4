// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

inline constexpr std::chrono::seconds undoKeptFor{30};

/// What one invalidation took of one key.
struct UndoKey {
    EntryPtr copies[tierCount];
    FillTicket tickets[tierCount]; ///< L1, L3: from right after the removal, so that a later invalidation voids them
    bool newer = false;            ///< written, loaded or invalidated since
};

/// What one undoable invalidation took.
struct UndoRecord {
    std::uint64_t id = 0;
    bool offered = false; ///< complete, and not undone yet
    SteadyTime until{};
    std::uint64_t bytes = 0;
    std::unordered_map<CacheKey, UndoKey> keys;
};
using UndoRecordPtr = std::shared_ptr<UndoRecord>;

/// What can be undone. A record is opened before the invalidation looks at the first value, so that it hears of every
/// change from then on; it is offered when the invalidation is through.
///
/// Bounded over all records together: a new one makes the oldest ones go.
/// Cache thread only.
class UndoRecords {
public:
    static constexpr std::size_t maxKeys = 10'000;
    static constexpr std::uint64_t maxBytes = 64ull << 20;

    static std::uint64_t costOf(const CacheKey &key, std::uint64_t payloadBytes);
    static bool fits(std::size_t keys, std::uint64_t bytes) { return keys <= maxKeys && bytes <= maxBytes; }

    UndoRecordPtr open(const std::vector<CacheKey> &keys);
    /// From here on take() finds it. Returns its number; 0: it turned out too large, and is gone.
    std::uint64_t offer(const UndoRecordPtr &record, SteadyTime now);
    /// The record, once; null when there is none or its time is over. It goes on hearing of changes until close().
    UndoRecordPtr take(std::uint64_t id, SteadyTime now);
    void close(const UndoRecordPtr &record);

    /// Matching keys were changed, by somebody else than the invalidation of `own`.
    void overtake(const Selector &which, const UndoRecord *own = nullptr);
    /// Drops what is past its time.
    void purge(SteadyTime now);
    bool isEmpty() const { return m_records.empty(); }

private:
    void makeRoom(const UndoRecord &newest);

    std::uint64_t m_lastId = 0;
    std::vector<UndoRecordPtr> m_records; ///< oldest first
};

} // namespace insitecache
