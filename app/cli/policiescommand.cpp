// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"
#include "settings/policyfile.h"
#include "settings/policysettings.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr std::string_view policyBuiltIn = "built in";

std::string policyTiersShown(const Policy &policy)
{
    std::string text;
    for (int i = 0; i < tierCount; ++i) {
        if (policy.tiers[i])
            text += (text.empty() ? "" : " ") + std::string(stageName(static_cast<Stage>(i)));
    }
    return text;
}

/// "300s", or "300s, adaptive 30s…1d" where that is only what it starts from.
std::string policyTtlShown(const Policy &policy)
{
    const std::string ttl = durationText(policy.ttl);
    if (!policy.adaptiveTtl)
        return ttl;
    return ttl + ", adaptive " + durationText(policy.minTtl) + "…" + durationText(policy.maxTtl);
}

std::string_view policyOrigin(const Settings &settings, const std::string &type, std::string_view field)
{
    const std::string name = "policy." + type + '.' + std::string(field);
    const auto said = std::find_if(settings.effective.begin(), settings.effective.end(),
        [&](const EffectiveValue &value) { return value.name == name; });
    if (said == settings.effective.end())
        return policyBuiltIn;
    return said->origin.starts_with(printable(settings.policyFile) + ':') ? PolicyFile::fileName : "file";
}

/// "policies.toml: ttl, file: jitter": what is not named is built in.
std::string policyOriginsShown(const Settings &settings, const std::string &type)
{
    std::string text;
    for (const std::string_view origin : {PolicyFile::fileName, std::string_view("file")}) {
        std::string fields;
        for (const std::string_view field : policyFields()) {
            if (policyOrigin(settings, type, field) == origin)
                fields += (fields.empty() ? ": " : " ") + std::string(field);
        }
        if (!fields.empty())
            text += (text.empty() ? "" : ", ") + std::string(origin) + fields;
    }
    return text.empty() ? std::string(policyBuiltIn) : text;
}

QJsonObject policyOriginsJson(const Settings &settings, const std::string &type)
{
    QJsonObject origins;
    for (const std::string_view field : policyFields())
        origins[textJson(field)] = textJson(policyOrigin(settings, type, field));
    return origins;
}

QJsonObject policyJson(const Policy &policy, const Settings &settings)
{
    QJsonArray tiers;
    for (int i = 0; i < tierCount; ++i) {
        if (policy.tiers[i])
            tiers.append(textJson(stageName(static_cast<Stage>(i))));
    }
    return {{QStringLiteral("type"), textJson(policy.type)}, {QStringLiteral("tiers"), tiers},
        {QStringLiteral("ttlMs"), static_cast<qint64>(policy.ttl.count())}, {QStringLiteral("jitter"), policy.jitter},
        {QStringLiteral("adaptiveTtl"), policy.adaptiveTtl},
        {QStringLiteral("minTtlMs"), static_cast<qint64>(policy.minTtl.count())},
        {QStringLiteral("maxTtlMs"), static_cast<qint64>(policy.maxTtl.count())},
        {QStringLiteral("refreshAhead"), policy.refreshAhead},
        {QStringLiteral("staleForMs"), static_cast<qint64>(policy.staleFor.count())},
        {QStringLiteral("negativeTtlMs"), static_cast<qint64>(policy.negativeTtl.count())},
        {QStringLiteral("strategy"), textJson(writeStrategyName(policy.strategy))},
        {QStringLiteral("l3IsTruth"), policy.l3IsTruth},
        {QStringLiteral("l1Bytes"), static_cast<qint64>(policy.l1Bytes)},
        {QStringLiteral("origins"), policyOriginsJson(settings, policy.type)}};
}

void showPolicies(Console &console, const std::vector<Policy> &policies, const Settings &settings)
{
    std::vector<std::vector<std::string>> rows{
        {"type", "tiers", "ttl", "jitter", "refresh ahead", "stale", "negative", "in L1", "write", "from"}};
    for (const Policy &policy : policies)
        rows.push_back({policy.type, policyTiersShown(policy), policyTtlShown(policy), percentShown(policy.jitter),
            policy.refreshAhead > 0 ? "after " + percentShown(policy.refreshAhead) : std::string("never"),
            durationText(policy.staleFor), durationText(policy.negativeTtl),
            policy.l1Bytes > 0 ? sizeShown(policy.l1Bytes) : std::string("shared"),
            std::string(writeStrategyName(policy.strategy)) + (policy.l3IsTruth ? ", L3 is the truth" : ""),
            policyOriginsShown(settings, policy.type)});
    console.table(rows, {false, false, true, true, true, true, true, true});
}

} // namespace

// No engine is needed to show them: policies are the built-in ones and what the files say.
ExitCode runPolicies(const CommandContext &context)
{
    Console &console = context.console;
    if (!context.arguments.operands.empty())
        return runPolicyChange(context);
    PolicyRegistry registry;
    for (const Policy &policy : context.settings.policies) {
        if (Status ok = registry.set(policy); !ok)
            return console.failure(ok.error());
    }
    const std::vector<Policy> policies = *registry.all();
    if (console.wantsJson()) {
        QJsonArray json;
        for (const Policy &policy : policies)
            json.append(policyJson(policy, context.settings));
        console.document({{QStringLiteral("policies"), json}});
    }
    const std::string excess = excessOfGuarantees(policies, context.settings.memory.maxBytes);
    if (!excess.empty())
        console.warning(excess);
    showPolicies(console, policies, context.settings);
    return ExitCode::Ok;
}

} // namespace insitecache
