// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include "cli/command.h"
#include "cli/jsonlookup.h"
#include "settings/policychange.h"
#include "settings/policysettings.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

/// What the tiers said when the type left them.
struct PolicySweepResult {
    std::vector<Stage> left;
    Status status{};
};

Status typeIsKnown(const Settings &settings, const std::string &type)
{
    std::vector<std::string> known;
    for (const std::vector<Policy> &policies : {PolicyRegistry::builtIn(), settings.policies}) {
        for (const Policy &policy : policies)
            known.push_back(policy.type);
    }
    if (std::find(known.begin(), known.end(), type) != known.end())
        return {};
    const std::string near = nearestWord(type, {known.begin(), known.end()});
    return fail(ErrorCode::InvalidArgument, "there is no policy of the type " + inQuotes(type),
        near.empty() ? "see insitecache policies" : "did you mean " + near + '?');
}

Result<PolicyEdit> policyEditFrom(const std::vector<std::string> &operands)
{
    const bool sets = operands[0] == "set";
    if ((!sets && operands[0] != "unset") || (sets ? operands.size() < 3 : operands.size() != 2))
        return fail(ErrorCode::InvalidArgument, "that is no way to change policies",
            "write policies set TYPE FIELD=VALUE… or policies unset TYPE");
    PolicyEdit edit{operands[1], {}};
    for (std::size_t i = 2; i < operands.size(); ++i) {
        const std::size_t equals = operands[i].find('=');
        if (equals == std::string::npos)
            return fail(ErrorCode::InvalidArgument, inQuotes(operands[i]) + " gives a field no value",
                "write FIELD=VALUE, e.g. ttl=300s");
        edit.fields.emplace_back(operands[i].substr(0, equals), operands[i].substr(equals + 1));
    }
    return edit;
}

struct ChangedField {
    std::string_view field;
    std::string before, after;
};

std::vector<ChangedField> changedFields(const PolicyChange &change)
{
    std::vector<ChangedField> changed;
    for (const std::string_view field : policyFields()) {
        ChangedField texts{field, policyFieldText(change.before, field), policyFieldText(change.after, field)};
        if (texts.before != texts.after)
            changed.push_back(std::move(texts));
    }
    return changed;
}

/// L1 is this process's own, and empty.
std::vector<Stage> tiersLeft(const PolicyChange &change)
{
    std::vector<Stage> left;
    for (const Stage stage : {Stage::L2, Stage::L3}) {
        if (change.before.uses(stage) && !change.after.uses(stage))
            left.push_back(stage);
    }
    return left;
}

Status sweepLeft(const Session &session, const PolicyChange &change, const std::vector<Stage> &left)
{
    if (Status ok = session.engine().setPolicy(change.after).result(); !ok)
        return ok;
    if (session.databaseError() && std::find(left.begin(), left.end(), Stage::L3) != left.end())
        return fail(session.databaseError()->code,
            "the policy of '" + change.after.type
                + "' holds, but L3 may still have copies: " + session.databaseError()->message,
            "invalidate the type there once it answers");
    return {};
}

QJsonObject policyChangeJson(const PolicyChange &change, const std::string &file, const PolicySweepResult &sweep)
{
    QJsonArray changed;
    for (const ChangedField &one : changedFields(change))
        changed.append(QJsonObject{{QStringLiteral("field"), textJson(one.field)},
            {QStringLiteral("old"), textJson(one.before)}, {QStringLiteral("new"), textJson(one.after)}});
    QJsonArray left;
    for (const Stage stage : sweep.left)
        left.append(textJson(stageName(stage)));
    return {{QStringLiteral("type"), textJson(change.after.type)}, {QStringLiteral("file"), textJson(printable(file))},
        {QStringLiteral("changed"), changed}, {QStringLiteral("left"), left},
        {QStringLiteral("error"), sweep.status ? QJsonValue() : QJsonValue(errorJson(sweep.status.error()))}};
}

void showPolicyChange(Console &console, const PolicyChange &change)
{
    const std::vector<ChangedField> changed = changedFields(change);
    for (const ChangedField &one : changed)
        console.line(change.after.type + ": " + std::string(one.field) + ' ' + one.before + " → " + one.after);
    if (changed.empty())
        console.line(change.after.type + ": as before");
}

void warnOfExcess(Console &console, const PolicyChange &change, const Settings &settings)
{
    std::vector<Policy> policies = withBuiltIn(settings.policies);
    std::erase_if(policies, [&](const Policy &policy) { return policy.type == change.after.type; });
    policies.push_back(change.after);
    const std::string excess = excessOfGuarantees(policies, settings.memory.maxBytes);
    if (!excess.empty())
        console.warning(excess);
}

ExitCode changePolicy(const CommandContext &context, const PolicyEdit &edit, const PolicyChange &planned)
{
    PolicySweepResult sweep{tiersLeft(planned)};
    std::unique_ptr<Session> session;
    ExitCode exit = ExitCode::Ok;
    if (!sweep.left.empty() && !(session = openSession(context, exit)))
        return exit;
    const auto change = changePolicyFile(edit, context.arguments, context.environment);
    if (!change)
        return context.console.failure(change.error());
    if (session)
        sweep.status = sweepLeft(*session, *change, sweep.left);
    if (context.console.wantsJson())
        context.console.document(policyChangeJson(*change, context.settings.policyFile, sweep));
    showPolicyChange(context.console, *change);
    warnOfExcess(context.console, *change, context.settings);
    return sweep.status ? ExitCode::Ok : context.console.failure(sweep.status.error(), ExitCode::Unreachable);
}

} // namespace

// The file is written before the tiers are swept: whoever starts meanwhile puts nothing back.
ExitCode runPolicyChange(const CommandContext &context)
{
    const auto edit = policyEditFrom(context.arguments.operands);
    if (!edit)
        return context.console.failure(edit.error(), ExitCode::Usage);
    if (Status ok = typeIsKnown(context.settings, edit->type); !ok)
        return context.console.failure(ok.error(), ExitCode::Usage);
    const auto planned = planPolicyChange(*edit, context.arguments, context.environment);
    if (!planned)
        return context.console.failure(planned.error());
    if (context.settings.readOnly)
        return context.console.failure(
            {ErrorCode::Refused, "this profile is read-only; no policy was changed", "start without --read-only"});
    return changePolicy(context, *edit, *planned);
}

} // namespace insitecache
