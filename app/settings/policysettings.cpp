// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/policysettings.h"

#include <algorithm>

#include "settings/arguments.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

Status policyAssign(Result<Millis> value, Millis &field)
{
    return value ? (field = *value, Status()) : tl::unexpected(value.error());
}

Status policyAssign(Result<double> value, double &field)
{
    return value ? (field = *value, Status()) : tl::unexpected(value.error());
}

Status policyAssign(Result<std::uint64_t> value, std::uint64_t &field)
{
    return value ? (field = *value, Status()) : tl::unexpected(value.error());
}

Status policyAssign(Result<bool> value, bool &field)
{
    return value ? (field = *value, Status()) : tl::unexpected(value.error());
}

Status policyTiers(Policy &policy, std::string_view list)
{
    bool tiers[tierCount] = {};
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        const std::string_view name = list.substr(0, comma);
        if (name.size() != 2 || name[0] != 'L' || name[1] < '1' || name[1] > '3')
            return fail(ErrorCode::InvalidArgument, "there is no tier " + inQuotes(name), "name some of L1, L2, L3");
        tiers[name[1] - '1'] = true;
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    }
    std::copy(std::begin(tiers), std::end(tiers), std::begin(policy.tiers));
    return {};
}

std::string policyTiersText(const Policy &policy)
{
    std::string list;
    for (int i = 0; i < tierCount; ++i) {
        if (policy.tiers[i])
            list += (list.empty() ? "L" : ",L") + std::to_string(i + 1);
    }
    return list;
}

Status policyStrategy(Policy &policy, std::string_view name)
{
    for (const WriteStrategy strategy : {WriteStrategy::Through, WriteStrategy::Around, WriteStrategy::Behind}) {
        if (writeStrategyName(strategy) == name) {
            policy.strategy = strategy;
            return {};
        }
    }
    return fail(
        ErrorCode::InvalidArgument, "there is no write strategy " + inQuotes(name), "use through, around or behind");
}

tl::unexpected<Error> policyErrorAt(const RawSetting &setting, const Error &error)
{
    return fail(error.code, setting.origin + ": " + error.message, error.hint);
}

} // namespace

std::vector<Policy> withBuiltIn(const std::vector<Policy> &changed)
{
    PolicyRegistry registry;
    for (const Policy &policy : changed)
        (void)registry.set(policy); // fails for what is not valid only
    return *registry.all();
}

Policy policyAmong(const std::vector<Policy> &all, const std::string &type)
{
    const auto named = std::find_if(all.begin(), all.end(), [&](const Policy &p) { return p.type == type; });
    if (named != all.end())
        return *named;
    Policy policy = *std::find_if(all.begin(), all.end(), [](const Policy &p) { return p.type == "default"; });
    policy.type = type;
    return policy;
}

Status setPolicyField(Policy &policy, std::string_view field, std::string_view value)
{
    if (field == "ttl")
        return policyAssign(parseDuration(value), policy.ttl);
    if (field == "stale")
        return policyAssign(parseDuration(value), policy.staleFor);
    if (field == "negative-ttl")
        return policyAssign(parseDuration(value), policy.negativeTtl);
    if (field == "jitter")
        return policyAssign(parseNumber(value), policy.jitter);
    if (field == "refresh-ahead")
        return policyAssign(parseNumber(value), policy.refreshAhead);
    if (field == "adaptive-ttl")
        return policyAssign(parseSwitch(value), policy.adaptiveTtl);
    if (field == "min-ttl")
        return policyAssign(parseDuration(value), policy.minTtl);
    if (field == "max-ttl")
        return policyAssign(parseDuration(value), policy.maxTtl);
    if (field == "tiers")
        return policyTiers(policy, value);
    if (field == "write")
        return policyStrategy(policy, value);
    if (field == "l1-bytes")
        return policyAssign(parseBytes(value), policy.l1Bytes);
    const std::string near = nearestWord(field, policyFields());
    return fail(ErrorCode::InvalidArgument, "a policy has no field " + inQuotes(field),
        near.empty() ? "it has ttl, adaptive-ttl, min-ttl, max-ttl, stale, negative-ttl, jitter, refresh-ahead, tiers, "
                       "write and l1-bytes"
                     : "did you mean " + near + '?');
}

const std::vector<std::string_view> &policyFields()
{
    static const std::vector<std::string_view> fields{"ttl", "adaptive-ttl", "min-ttl", "max-ttl", "stale",
        "negative-ttl", "jitter", "refresh-ahead", "tiers", "write", "l1-bytes"};
    return fields;
}

std::string policyFieldText(const Policy &policy, std::string_view field)
{
    if (field == "ttl")
        return durationText(policy.ttl);
    if (field == "stale")
        return durationText(policy.staleFor);
    if (field == "negative-ttl")
        return durationText(policy.negativeTtl);
    if (field == "jitter")
        return numberText(policy.jitter);
    if (field == "refresh-ahead")
        return numberText(policy.refreshAhead);
    if (field == "adaptive-ttl")
        return policy.adaptiveTtl ? "on" : "off";
    if (field == "min-ttl")
        return durationText(policy.minTtl);
    if (field == "max-ttl")
        return durationText(policy.maxTtl);
    if (field == "tiers")
        return policyTiersText(policy);
    if (field == "l1-bytes")
        return bytesText(policy.l1Bytes);
    return std::string(writeStrategyName(policy.strategy));
}

Result<std::vector<Policy>> policiesFrom(const ConfigFile::Flat &settings)
{
    const std::vector<Policy> builtIn = PolicyRegistry::builtIn();
    std::vector<Policy> policies;
    std::vector<const RawSetting *> lastOf; // where each policy was changed last, for errors of the whole
    for (const auto &[name, setting] : settings) {
        const std::string_view path = std::string_view(name).substr(std::string_view("policy.").size());
        const std::size_t dot = path.find('.');
        const std::string type(path.substr(0, dot));
        if (dot == std::string_view::npos)
            return fail(ErrorCode::InvalidArgument, setting.origin + ": " + inQuotes(name) + " is not a policy",
                "write [policy.TYPE] and below it e.g. ttl = \"300s\"");
        if (policies.empty() || policies.back().type != type) {
            policies.push_back(policyAmong(builtIn, type));
            lastOf.push_back(&setting);
        }
        lastOf.back() = &setting;
        if (Status ok = setPolicyField(policies.back(), path.substr(dot + 1), setting.text); !ok)
            return policyErrorAt(setting, ok.error());
    }
    PolicyRegistry together;
    for (std::size_t i = 0; i < policies.size(); ++i) {
        if (Status ok = together.set(policies[i]); !ok)
            return policyErrorAt(*lastOf[i], ok.error());
    }
    return policies;
}

} // namespace insitecache
