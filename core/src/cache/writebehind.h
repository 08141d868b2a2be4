// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <unordered_map>

#include <QTimer>

#include <insitecache/cache/tieredcache.h>

#include "cache/retrytimer.h"
#include "coherence/journal.h"

namespace insitecache {

struct CacheContext;

/// Writes that are acknowledged when the journal has them, and reach L3 later: L2 and L1 get the value at once, L3 in
/// the background, for each key one write at a time and only its newest. What L3 does not take is tried again after 1 s
/// … 30 s for ever; a write that somebody else has overtaken since is dropped.
///
/// While a key waits, lookups see what waits and nothing that was loaded is stored for it. An invalidation takes its
/// copies and leaves the write itself. Where the journal cannot be written, a write goes through and is acknowledged
/// when L3 has it. Cache thread only, but for isHolding().
class WriteBehind {
public:
    explicit WriteBehind(CacheContext &context);

    /// Is this a type whose writes come here, and are there a journal and an L3 for them?
    bool takes(const Policy &policy) const;
    void write(const EntryPtr &entry, TieredCache::Callback<Status> done);
    /// What processes that are gone have acknowledged.
    void adopt(std::vector<PendingWrite> rows);

    /// Nothing that was loaded may be stored for this key.
    bool holds(const CacheKey &key) const { return m_pending.contains(key) || m_arriving.contains(key); }
    /// Does it hold any key? Any thread.
    bool isHolding() const { return m_isHolding; }
    /// The fresh value that waits, or null.
    EntryPtr pending(const CacheKey &key) const;
    Backlog backlog() const;

    void tierIsBack();
    /// Runs `done` when nothing waits any more, or after half a second. What waits then is in the journal.
    void whenWritten(std::function<void()> done);

private:
    struct Pending {
        PendingWrite row;
        bool applying = false;
    };
    void kept(const PendingWrite &row, const Status &status, TieredCache::Callback<Status> done);
    void through(const EntryPtr &entry, TieredCache::Callback<Status> done);
    bool take(PendingWrite row);
    void arrived(const CacheKey &key);
    void applyNext();
    void apply(const CacheKey &key, Pending &pending);
    void applied(const CacheKey &key, std::uint64_t id, const Status &status);
    void endFlush();
    void noteHolding() { m_isHolding = !m_pending.empty() || !m_arriving.empty(); }

    CacheContext &m_context;
    std::unordered_map<CacheKey, Pending> m_pending;
    std::unordered_map<CacheKey, int> m_arriving; ///< the journal does not have these yet
    std::deque<CacheKey> m_queue; ///< keys to apply, oldest first; a key may be in it that waits no more
    std::atomic<bool> m_isHolding{false};
    int m_underWay = 0;
    bool m_stopped = false;
    RetryTimer m_retry;
    QTimer m_flushTimer;
    std::function<void()> m_flushed;
};

} // namespace insitecache
