// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/writebehind.h"

#include <algorithm>

#include "cache/cachecontext.h"
#include "cache/writewalk.h"

namespace insitecache {

namespace {
constexpr Millis timeToFlush{500};
constexpr int appliedAtOnce = 16;
} // namespace

WriteBehind::WriteBehind(CacheContext &context) : m_context(context)
{
    m_retry.onRetry = [this] { applyNext(); };
    m_flushTimer.setSingleShot(true);
    QObject::connect(&m_flushTimer, &QTimer::timeout, &m_flushTimer, [this] { endFlush(); });
}

bool WriteBehind::takes(const Policy &policy) const
{
    return policy.strategy == WriteStrategy::Behind && m_context.parts.journal && m_context.tier(Stage::L3)
        && policy.uses(Stage::L3);
}

// From here on no loaded value gets in between: what is created later than this write is taken for newer.
void WriteBehind::write(const EntryPtr &entry, TieredCache::Callback<Status> done)
{
    const auto policy = m_context.parts.policies->policyFor(entry->key().type());
    PendingWrite row{
        m_context.parts.journal->newId(), m_context.forTier(entry, Stage::L3, *policy), m_context.parts.clock->wall()};
    ++m_arriving[entry->key()];
    noteHolding();
    m_context.parts.journal->keep(
        row, [this, row, done = std::move(done)](const Status &status) { kept(row, status, done); });
}

void WriteBehind::kept(const PendingWrite &row, const Status &status, TieredCache::Callback<Status> done)
{
    if (!status) {
        m_context.parts.metrics->journalFailures.add();
        return through(row.entry, std::move(done));
    }
    take(row);
    arrived(row.entry->key());
    std::make_shared<WriteWalk>(m_context, row.entry, WriteWalk::Part::Above, [done = std::move(done)](const Status &) {
        done({});
    })->start();
    applyNext();
}

void WriteBehind::through(const EntryPtr &entry, TieredCache::Callback<Status> done)
{
    const auto written = [this, entry, done = std::move(done)](const Status &status) {
        arrived(entry->key());
        done(status);
    };
    std::make_shared<WriteWalk>(m_context, entry, WriteWalk::Part::All, written)->start();
}

void WriteBehind::arrived(const CacheKey &key)
{
    const auto arriving = m_arriving.find(key);
    if (--arriving->second == 0)
        m_arriving.erase(arriving);
    noteHolding();
}

/// False: something newer waits already.
bool WriteBehind::take(PendingWrite row)
{
    const CacheKey key = row.entry->key();
    const auto [place, isNew] = m_pending.try_emplace(key);
    PendingWrite &known = place->second.row;
    if (!isNew) {
        if (known.entry->created() > row.entry->created()) {
            m_context.parts.journal->drop(row.id);
            return false;
        }
        m_context.parts.journal->drop(known.id);
        row.since = std::min(row.since, known.since);
    }
    known = std::move(row);
    m_queue.push_back(key);
    noteHolding();
    return true;
}

void WriteBehind::adopt(std::vector<PendingWrite> rows)
{
    for (PendingWrite &row : rows)
        take(std::move(row));
    applyNext();
}

EntryPtr WriteBehind::pending(const CacheKey &key) const
{
    const auto found = m_pending.find(key);
    const bool fresh = found != m_pending.end() && found->second.row.entry->isFresh(m_context.now());
    return fresh ? found->second.row.entry : nullptr;
}

Backlog WriteBehind::backlog() const
{
    Backlog backlog{m_pending.size(), {}};
    const WallTime now = m_context.parts.clock->wall();
    for (const auto &[key, pending] : m_pending)
        backlog.oldest = std::max(backlog.oldest, now - pending.row.since);
    return backlog;
}

void WriteBehind::tierIsBack()
{
    m_retry.stop();
    m_retry.reset();
    applyNext();
}

void WriteBehind::applyNext()
{
    while (!m_stopped && !m_queue.empty() && m_underWay < appliedAtOnce && !m_retry.isWaiting()
        && m_context.tier(Stage::L3)) {
        const CacheKey key = m_queue.front();
        m_queue.pop_front();
        const auto found = m_pending.find(key);
        if (found != m_pending.end() && !found->second.applying)
            apply(key, found->second);
    }
    if (m_flushed && m_pending.empty())
        endFlush();
}

void WriteBehind::apply(const CacheKey &key, Pending &pending)
{
    pending.applying = true;
    ++m_underWay;
    std::make_shared<WriteWalk>(m_context, pending.row.entry, WriteWalk::Part::Late,
        [this, key, id = pending.row.id](const Status &status) { applied(key, id, status); })
        ->start();
}

// A newer write may have come meanwhile: then it is the next one of this key.
void WriteBehind::applied(const CacheKey &key, std::uint64_t id, const Status &status)
{
    --m_underWay;
    const auto found = m_pending.find(key);
    found->second.applying = false;
    if (status && found->second.row.id == id) {
        m_context.parts.journal->drop(id);
        m_pending.erase(found);
        noteHolding();
    } else {
        m_queue.push_back(key);
    }
    if (status)
        m_retry.reset();
    else if (!m_stopped)
        m_retry.start();
    applyNext();
}

void WriteBehind::whenWritten(std::function<void()> done)
{
    m_flushed = std::move(done);
    m_flushTimer.start(timeToFlush);
    tierIsBack();
}

void WriteBehind::endFlush()
{
    m_stopped = true;
    m_retry.stop();
    m_flushTimer.stop();
    if (const auto flushed = std::exchange(m_flushed, nullptr))
        flushed();
}

} // namespace insitecache
