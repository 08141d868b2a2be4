// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/cache/policy.h>

#include <algorithm>
#include <numeric>

namespace insitecache {

namespace {

constexpr std::string_view defaultType = "default";
constexpr Millis longestLife = std::chrono::hours(24 * 366);
constexpr Millis maxNegativeTtl{30'000};

tl::unexpected<Error> badField(const Policy &policy, std::string_view field, std::string_view range)
{
    return fail(ErrorCode::InvalidArgument, "policy " + policy.type + ": " + std::string(field) + " is out of range",
        std::string(range));
}

Status guaranteesAreFew(const std::vector<Policy> &policies)
{
    if (guaranteesOf(policies).size() <= mostGuaranteedTypes)
        return {};
    return fail(ErrorCode::InvalidArgument,
        "more than " + std::to_string(mostGuaranteedTypes) + " types would be guaranteed bytes of L1",
        "set l1Bytes of another type to 0 first");
}

Policy makePolicy(std::string type, Millis ttl, double refreshAhead, bool inMemory)
{
    Policy policy;
    policy.type = std::move(type);
    policy.ttl = ttl;
    policy.refreshAhead = refreshAhead;
    policy.tiers[0] = inMemory;
    return policy;
}

Policy userPolicy()
{
    Policy policy = makePolicy("user", std::chrono::hours(1), 0.5, false);
    policy.l3IsTruth = true;
    policy.staleFor = Millis::zero();
    return policy;
}

} // namespace

std::string_view writeStrategyName(WriteStrategy strategy)
{
    switch (strategy) {
    case WriteStrategy::Around: return "around";
    case WriteStrategy::Behind: return "behind";
    default: return "through";
    }
}

Status Policy::validate() const
{
    if (auto key = CacheKey::make(type, "x"); !key)
        return tl::unexpected(key.error());
    if (!tiers[0] && !tiers[1] && !tiers[2])
        return badField(*this, "tiers", "name at least one of L1, L2, L3");
    if (l3IsTruth && !tiers[2])
        return badField(*this, "tiers", "L3 holds the only copy of this type and cannot be left out");
    if (strategy == WriteStrategy::Behind && !tiers[2])
        return badField(*this, "write", "behind needs L3: name it in tiers, or use through");
    if (ttl <= Millis::zero() || ttl > longestLife)
        return badField(*this, "ttl", "use more than 0 and at most 366 days");
    if (minTtl <= Millis::zero() || minTtl > longestLife)
        return badField(*this, "minTtl", "use more than 0 and at most 366 days");
    if (maxTtl < minTtl || maxTtl > longestLife)
        return badField(*this, "maxTtl", "use at least minTtl and at most 366 days");
    if (adaptiveTtl && l3IsTruth)
        return badField(*this, "adaptiveTtl", "L3 holds the only copy of this type: there is nothing to load again");
    if (!(jitter >= 0.0 && jitter <= 0.5))
        return badField(*this, "jitter", "use 0 … 0.5");
    if (!(refreshAhead >= 0.0 && refreshAhead < 1.0))
        return badField(*this, "refreshAhead", "use 0 (never) or a share of the ttl below 1");
    if (staleFor < Millis::zero() || staleFor > longestLife)
        return badField(*this, "staleFor", "use 0 … 366 days");
    if (negativeTtl < Millis::zero() || negativeTtl > maxNegativeTtl)
        return badField(*this, "negativeTtl", "use 0 … 30 s");
    if (l1Bytes > 0 && type == defaultType)
        return badField(*this, "l1Bytes", "default stands for many types: guarantee bytes to one by its name");
    if (l1Bytes > 0 && !tiers[0])
        return badField(*this, "l1Bytes", "the type is not kept in L1: name L1 in tiers, or use 0");
    return {};
}

PolicyRegistry::PolicyRegistry() : m_policies(std::make_shared<const std::vector<Policy>>(builtIn())) {}

std::vector<Policy> PolicyRegistry::builtIn()
{
    using std::chrono::seconds;
    return {
        makePolicy("stock", seconds(300), 0.8, true),
        makePolicy("search", seconds(600), 0.7, true),
        makePolicy("sentiment", seconds(180), 0.9, false),
        makePolicy("trending", seconds(900), 0.8, true),
        userPolicy(),
        makePolicy(std::string(defaultType), seconds(300), 0.8, true),
    };
}

PolicyRegistry::Snapshot PolicyRegistry::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_policies;
}

std::shared_ptr<const Policy> PolicyRegistry::policyFor(std::string_view type) const
{
    const Snapshot policies = all();
    const Policy *fallback = nullptr;
    for (const Policy &policy : *policies) {
        if (policy.type == type)
            return {policies, &policy};
        if (policy.type == defaultType)
            fallback = &policy;
    }
    return {policies, fallback};
}

Status PolicyRegistry::set(Policy policy)
{
    if (Status ok = policy.validate(); !ok)
        return ok;
    const std::lock_guard changing(m_changing);
    auto changed = std::make_shared<std::vector<Policy>>(*all());
    const auto same = std::find_if(
        changed->begin(), changed->end(), [&](const Policy &known) { return known.type == policy.type; });
    if (same == changed->end())
        changed->push_back(std::move(policy));
    else
        *same = std::move(policy);
    if (Status ok = guaranteesAreFew(*changed); !ok)
        return ok;
    {
        const std::lock_guard lock(m_mutex);
        m_policies = std::move(changed);
    }
    tellFollowers();
    return {};
}

std::shared_ptr<const PolicyRegistry::Follower> PolicyRegistry::follow(Follower follower)
{
    const std::lock_guard changing(m_changing);
    auto kept = std::make_shared<const Follower>(std::move(follower));
    (*kept)(*all());
    m_followers.push_back(kept);
    return kept;
}

void PolicyRegistry::tellFollowers()
{
    std::erase_if(m_followers, [](const auto &follower) { return follower.expired(); });
    for (const auto &follower : m_followers) {
        if (const auto kept = follower.lock())
            (*kept)(*all());
    }
}

std::vector<TypeGuarantee> guaranteesOf(const std::vector<Policy> &policies)
{
    std::vector<TypeGuarantee> guarantees;
    for (const Policy &policy : policies) {
        if (policy.l1Bytes > 0)
            guarantees.push_back({policy.type, policy.l1Bytes});
    }
    return guarantees;
}

std::string excessOfGuarantees(const std::vector<Policy> &policies, std::uint64_t available)
{
    const auto wanted = std::accumulate(policies.begin(), policies.end(), std::uint64_t{0},
        [](std::uint64_t sum, const Policy &policy) { return sum + policy.l1Bytes; });
    if (wanted <= available)
        return {};
    return "the policies guarantee " + std::to_string(wanted) + " bytes of L1, which has " + std::to_string(available)
        + ": every type gets its part of that only, and types without l1-bytes are guaranteed nothing";
}

} // namespace insitecache
