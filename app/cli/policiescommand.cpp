// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

std::string policyTiersShown(const Policy &policy)
{
    std::string text;
    for (int i = 0; i < tierCount; ++i) {
        if (policy.tiers[i])
            text += (text.empty() ? "" : " ") + std::string(stageName(static_cast<Stage>(i)));
    }
    return text;
}

QJsonObject policyJson(const Policy &policy)
{
    QJsonArray tiers;
    for (int i = 0; i < tierCount; ++i) {
        if (policy.tiers[i])
            tiers.append(textJson(stageName(static_cast<Stage>(i))));
    }
    return {{QStringLiteral("type"), textJson(policy.type)}, {QStringLiteral("tiers"), tiers},
        {QStringLiteral("ttlMs"), static_cast<qint64>(policy.ttl.count())}, {QStringLiteral("jitter"), policy.jitter},
        {QStringLiteral("refreshAhead"), policy.refreshAhead},
        {QStringLiteral("staleForMs"), static_cast<qint64>(policy.staleFor.count())},
        {QStringLiteral("negativeTtlMs"), static_cast<qint64>(policy.negativeTtl.count())},
        {QStringLiteral("strategy"), textJson(writeStrategyName(policy.strategy))},
        {QStringLiteral("l3IsTruth"), policy.l3IsTruth}};
}

void showPolicies(Console &console, const std::vector<Policy> &policies)
{
    std::vector<std::vector<std::string>> rows{
        {"type", "tiers", "ttl", "jitter", "refresh ahead", "stale", "negative", "write"}};
    for (const Policy &policy : policies)
        rows.push_back({policy.type, policyTiersShown(policy), durationText(policy.ttl), percentShown(policy.jitter),
            policy.refreshAhead > 0 ? "after " + percentShown(policy.refreshAhead) : std::string("never"),
            durationText(policy.staleFor), durationText(policy.negativeTtl),
            std::string(writeStrategyName(policy.strategy)) + (policy.l3IsTruth ? ", L3 is the truth" : "")});
    console.table(rows, {false, false, true, true, true, true, true});
}

} // namespace

// No engine is needed: policies are the built-in ones and what the file says.
ExitCode runPolicies(const CommandContext &context)
{
    Console &console = context.console;
    if (!context.arguments.operands.empty())
        return console.usage("policies cannot be set from the command line in this version",
            "write [policy.TYPE] into the configuration file");
    PolicyRegistry registry;
    for (const Policy &policy : context.settings.policies) {
        if (Status ok = registry.set(policy); !ok)
            return console.failure(ok.error());
    }
    const std::vector<Policy> policies = *registry.all();
    if (console.wantsJson()) {
        QJsonArray json;
        for (const Policy &policy : policies)
            json.append(policyJson(policy));
        console.document({{QStringLiteral("policies"), json}});
    }
    showPolicies(console, policies);
    return ExitCode::Ok;
}

} // namespace insitecache
