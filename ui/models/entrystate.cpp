// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entrystate.h"

#include <algorithm>

#include <QCoreApplication>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class EntryStateWords {
    Q_DECLARE_TR_FUNCTIONS(EntryState)
};

// Longer than any policy may ask for: what the database holds as the only copy.
constexpr Millis forEver = std::chrono::hours(24 * 400);

/// The first fresh copy from above; without one, the copy that was fresh last.
int answeringTier(const EntryRow &row, Millis since)
{
    int best = -1;
    for (int i = 0; i < tierCount; ++i) {
        const EntryRow::Copy &copy = row.tiers[i];
        if (!copy.present)
            continue;
        if (copy.ttl > since)
            return i;
        if (best < 0 || copy.ttl > row.tiers[best].ttl)
            best = i;
    }
    return best;
}

LevelMark absentMark(int tier, const Policy *policy, const EntryContext &context)
{
    const auto i = static_cast<std::size_t>(tier);
    if (!context.configured[i])
        return LevelMark::Off;
    if (policy && !policy->tiers[tier])
        return LevelMark::NotInPolicy;
    return context.unreachable[i] ? LevelMark::Unreachable : LevelMark::Absent;
}

LevelMark presentMark(const EntryRow &row, int tier, int answering, Millis since)
{
    const EntryRow::Copy &copy = row.tiers[tier];
    if (copy.ttl <= since)
        return LevelMark::Expired;
    const std::uint64_t expected = row.tiers[answering].version;
    return copy.version && expected && copy.version != expected ? LevelMark::Differs : LevelMark::Fresh;
}

EntryState stateOf(const EntryRow &row, const EntryMoment &moment)
{
    if (moment.ttl <= Millis::zero())
        return EntryState::Expired;
    if (std::find(moment.levels.begin(), moment.levels.end(), LevelMark::Differs) != moment.levels.end())
        return EntryState::Differs;
    if (row.negative)
        return EntryState::Negative;
    return moment.lifeLeft < moment.refreshBelow ? EntryState::RefreshDue : EntryState::Fresh;
}

void measureLife(const EntryRow &row, const Policy *policy, EntryMoment &moment)
{
    moment.keptForEver = moment.ttl > forEver;
    const Millis life = !policy ? Millis::zero() : row.negative ? policy->negativeTtl : policy->ttl;
    if (moment.keptForEver || life <= Millis::zero()) {
        moment.lifeLeft = moment.keptForEver ? 1 : 0;
        return;
    }
    moment.lifeLeft = std::clamp(double(moment.ttl.count()) / double(life.count()), 0.0, 1.0);
    if (!row.negative && !policy->l3IsTruth && policy->refreshAhead > 0)
        moment.refreshBelow = 1.0 - policy->refreshAhead;
}

} // namespace

const Policy *policyOf(const EntryContext &context, std::string_view type)
{
    const Policy *fallback = nullptr;
    for (const Policy &policy : context.policies) {
        if (policy.type == type)
            return &policy;
        if (policy.type == "default")
            fallback = &policy;
    }
    return fallback;
}

TierFlags configuredTiers(const Snapshot &snapshot)
{
    TierFlags configured{};
    for (std::size_t i = 0; i < tierCount; ++i)
        configured[i] = snapshot.tiers[i].configured;
    return configured;
}

EntryContext contextOf(const EntryPage &page, std::vector<Policy> policies, const TierFlags &configured)
{
    EntryContext context{std::move(policies), configured, {}, page.knowsDependencies};
    for (const auto &failure : page.unreachable)
        context.unreachable[static_cast<std::size_t>(failure.stage)] = true;
    return context;
}

EntryMoment momentOf(const EntryRow &row, const EntryContext &context, Millis since)
{
    EntryMoment moment;
    const Policy *policy = policyOf(context, row.key.type());
    moment.answering = answeringTier(row, since);
    for (int i = 0; i < tierCount; ++i)
        moment.levels[static_cast<std::size_t>(i)]
            = row.tiers[i].present ? presentMark(row, i, moment.answering, since) : absentMark(i, policy, context);
    if (moment.answering >= 0)
        moment.ttl = row.tiers[moment.answering].ttl - since;
    measureLife(row, policy, moment);
    moment.state = stateOf(row, moment);
    moment.knowsDependencies = context.knowsDependencies;
    return moment;
}

QString levelText(LevelMark mark)
{
    switch (mark) {
    case LevelMark::Fresh: return EntryStateWords::tr("present");
    case LevelMark::Expired: return EntryStateWords::tr("expired, still held");
    case LevelMark::Differs: return EntryStateWords::tr("another version");
    case LevelMark::Absent: return EntryStateWords::tr("absent");
    case LevelMark::NotInPolicy: return EntryStateWords::tr("not used for this type");
    case LevelMark::Off: return EntryStateWords::tr("off");
    case LevelMark::Unreachable: break;
    }
    return EntryStateWords::tr("cannot be reached");
}

QString stateText(EntryState state)
{
    switch (state) {
    case EntryState::Fresh: return EntryStateWords::tr("fresh");
    case EntryState::RefreshDue: return EntryStateWords::tr("refresh due");
    case EntryState::Negative: return EntryStateWords::tr("negative (404)");
    case EntryState::Expired: return EntryStateWords::tr("stale");
    case EntryState::Differs: break;
    }
    return EntryStateWords::tr("mismatch");
}

QString ttlText(const EntryMoment &moment)
{
    if (moment.keptForEver)
        return EntryStateWords::tr("none", "no time to live: kept for ever");
    if (moment.ttl <= Millis::zero())
        return EntryStateWords::tr("expired, waiting for removal");
    return format::duration(moment.ttl);
}

} // namespace insitecache
