// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/directwalk.h"

#include <algorithm>

#include "base/probe.h"

namespace insitecache {

std::size_t DirectWalk::answer(std::span<const TieredCache::Asked> asked)
{
    m_started = m_context.now();
    m_ticket = m_context.parts.l1->ticket();
    if (!mayRead())
        return 0;
    std::vector<PolicyPtr> policies;
    std::vector<const CacheKey *> keys;
    std::vector<Lookup *> answers;
    for (const auto &[key, answer] : asked) {
        PolicyPtr policy = m_context.parts.policies->policyFor(key->type());
        if (!policy->uses(Stage::L2))
            continue;
        policies.push_back(std::move(policy));
        keys.push_back(key);
        answers.push_back(answer);
    }
    if (keys.empty())
        return 0;
    std::vector<EntryPtr> found(keys.size());
    m_asked = m_context.now();
    m_context.parts.l2Direct->get(keys, found);
    syncPoint("direct.after", Stage::L2);
    m_read = m_context.now();
    std::size_t answered = 0;
    for (std::size_t i = 0; i < keys.size(); ++i)
        answered += found[i] && promote(*keys[i], *policies[i], found[i], *answers[i]);
    return answered;
}

bool DirectWalk::mayRead() const
{
    return m_context.parts.l2Direct && !m_context.outbox.isAnyOwed(Stage::L2) && !m_context.outbox.isAnyOwed(Stage::L1)
        && !m_context.writeBehind.isHolding() && !m_context.poison.isAnyPaused(m_started);
}

// Edges that are kept in memory belong to the cache thread, and so do values that have some.
bool DirectWalk::promote(const CacheKey &key, const Policy &policy, const EntryPtr &entry, Lookup &out)
{
    std::vector<CacheKey> parents = m_context.parentsOf(*entry);
    if (!parents.empty() && !m_context.parts.dependencies)
        return false;
    const EntryPtr old = m_context.parts.l1->peek(key);
    const Outcome inL1 = old && old->isUsable(m_read) ? Outcome::Stale : Outcome::Miss;
    const bool fills = policy.uses(Stage::L1);
    out.steps[0] = {Stage::L1, fills ? inL1 : Outcome::Skipped, m_asked - m_started, {}};
    out.steps[1] = {Stage::L2, Outcome::Hit, m_read - m_asked, {}};
    out.stepCount = 2;
    Metrics &metrics = *m_context.parts.metrics;
    if (fills) {
        const MissReason why = m_context.parts.l1->missReason(key, old);
        out.steps[0].why = why;
        metrics.tierRead(Stage::L1, inL1, out.steps[0].took);
        metrics.tierMissed(Stage::L1, key.type(), why);
        const FillOutcome outcome = fill(entry, policy, std::move(parents));
        metrics.tierFill(Stage::L1, outcome);
        out.stored[0] = outcome == FillOutcome::Stored;
    }
    metrics.tierRead(Stage::L2, Outcome::Hit, out.steps[1].took);
    m_context.seenIn(Stage::L2).seen(key.text(), entry->staleUntil());
    describe(key, entry, out);
    metrics.lookupDone(key.type(), Stage::L2, false, false, false, out.total);
    return true;
}

FillOutcome DirectWalk::fill(const EntryPtr &entry, const Policy &policy, std::vector<CacheKey> parents)
{
    FillOutcome outcome = FillOutcome::Failed;
    m_context.parts.l1->fill({{m_context.forTier(entry, Stage::L1, policy), m_ticket, std::move(parents)}},
        [&](const std::vector<FillOutcome> &outcomes) { outcome = outcomes.front(); });
    return outcome;
}

void DirectWalk::describe(const CacheKey &key, const EntryPtr &entry, Lookup &out) const
{
    const SteadyTime now = m_context.now();
    out.key = key;
    out.entry = entry;
    out.answeredBy = Stage::L2;
    out.refreshing = now >= entry->refreshAt();
    out.age = std::max(Duration::zero(), Duration(m_context.wallAt(now) - entry->created()));
    out.ttl = entry->freshUntil() - now;
    out.total = now - m_started;
}

} // namespace insitecache
