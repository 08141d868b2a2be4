// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/policychange.h"

namespace insitecache {

namespace {

constexpr std::string_view everyOtherType = "default";

Selector typesUnder(const Policy &policy, const PolicyRegistry &policies)
{
    if (policy.type != everyOtherType)
        return Selector::type(policy.type);
    std::vector<std::string> own;
    for (const Policy &known : *policies.all()) {
        if (known.type != everyOtherType)
            own.push_back(known.type);
    }
    return Selector::all().without(own);
}

/// One sweep, from the deepest tier up.
struct PolicySweep {
    CacheContext &context;
    std::string type;
    Selector which;
    bool leaves[tierCount] = {};
    Status status{};
    TieredCache::Callback<Status> done;

    void sweep(const std::shared_ptr<PolicySweep> &self, int tier)
    {
        if (tier < 0)
            return done(status);
        Tier *target = context.tier(static_cast<Stage>(tier));
        if (!target || !leaves[tier])
            return sweep(self, tier - 1);
        context.seenIn(static_cast<Stage>(tier)).invalidated(which);
        target->remove(which, [self, tier](const Result<std::uint64_t> &removed) {
            self->swept(static_cast<Stage>(tier), removed);
            self->sweep(self, tier - 1);
        });
    }
    void swept(Stage stage, const Result<std::uint64_t> &removed)
    {
        if (removed)
            return context.parts.metrics->tierRemoved(stage, *removed);
        if (status)
            status = fail(removed.error().code,
                "the policy of '" + type + "' holds, but " + std::string(stageName(stage))
                    + " may still have copies: " + removed.error().message,
                "invalidate the type there once it answers");
    }
};

} // namespace

void changePolicy(CacheContext &context, const Policy &policy, TieredCache::Callback<Status> done)
{
    const auto before = context.parts.policies->policyFor(policy.type);
    if (Status ok = context.parts.policies->set(policy); !ok)
        return done(ok);
    const auto sweep = std::make_shared<PolicySweep>(
        PolicySweep{context, policy.type, typesUnder(policy, *context.parts.policies), {}, {}, std::move(done)});
    for (int i = 0; i < tierCount; ++i) {
        const auto stage = static_cast<Stage>(i);
        const bool onlyCopy = stage == Stage::L3 && before->l3IsTruth;
        sweep->leaves[i] = before->uses(stage) && !policy.uses(stage) && !onlyCopy;
    }
    sweep->sweep(sweep, tierCount - 1);
}

} // namespace insitecache
