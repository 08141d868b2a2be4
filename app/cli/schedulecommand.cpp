// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QJsonArray>

#include "cli/command.h"
#include "cli/jsonlookup.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

QJsonObject scheduledJson(const ScheduledInvalidation &scheduled)
{
    QJsonArray tiers;
    for (int i = 0; i < tierCount; ++i) {
        if (scheduled.what.tiers[i])
            tiers.append(textJson(stageName(static_cast<Stage>(i))));
    }
    return {{QStringLiteral("id"), static_cast<qint64>(scheduled.id)}, {QStringLiteral("due"), timeJson(scheduled.due)},
        {QStringLiteral("what"), textJson(scheduled.what.which.describe())}, {QStringLiteral("tiers"), tiers},
        {QStringLiteral("dependents"), scheduled.what.dependents}, {QStringLiteral("expire"), scheduled.what.expire},
        {QStringLiteral("reason"), textJson(scheduled.what.reason)}, {QStringLiteral("by"), textJson(scheduled.by)},
        {QStringLiteral("made"), timeJson(scheduled.made)}};
}

ExitCode listScheduled(const CommandContext &context)
{
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const auto all = session->engine().scheduled().result();
    if (!all)
        return context.console.failure(all.error());
    if (context.console.wantsJson()) {
        QJsonArray json;
        for (const ScheduledInvalidation &scheduled : *all)
            json.append(scheduledJson(scheduled));
        context.console.document({{QStringLiteral("scheduled"), json}});
        return ExitCode::Ok;
    }
    std::vector<std::vector<std::string>> rows{{"id", "due", "what", "how", "by", "reason"}};
    for (const ScheduledInvalidation &scheduled : *all)
        rows.push_back({std::to_string(scheduled.id), dueShown(scheduled.due),
            printable(scheduled.what.which.describe()) + (scheduled.what.dependents ? " and dependents" : ""),
            scheduled.what.expire ? "expire" : "delete", printable(scheduled.by), printable(scheduled.what.reason)});
    if (all->empty())
        context.console.line("nothing is scheduled");
    else
        context.console.table(rows, {true});
    return ExitCode::Ok;
}

ExitCode cancelScheduled(const CommandContext &context, std::string_view text)
{
    const auto id = parseCount(text);
    if (!id)
        return context.console.failure(id.error(), ExitCode::Usage);
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const auto cancelled = session->engine().cancelScheduled(*id).result();
    if (!cancelled)
        return context.console.failure(cancelled.error());
    if (!*cancelled)
        return context.console.failure({ErrorCode::NotFound,
            "no invalidation " + std::to_string(*id) + " is to come: it was carried out, is being so, or never was",
            "look with schedule list"});
    if (context.console.wantsJson())
        context.console.document(
            {{QStringLiteral("id"), static_cast<qint64>(*id)}, {QStringLiteral("cancelled"), true}});
    context.console.line("cancelled " + std::to_string(*id));
    return ExitCode::Ok;
}

} // namespace

std::string dueShown(WallTime due)
{
    return QDateTime::fromMSecsSinceEpoch(due.time_since_epoch().count())
        .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
        .toStdString();
}

ExitCode runSchedule(const CommandContext &context)
{
    const auto &operands = context.arguments.operands;
    if (operands.size() == 1 && operands[0] == "list")
        return listScheduled(context);
    if (operands.size() == 2 && operands[0] == "cancel")
        return cancelScheduled(context, operands[1]);
    return context.console.failure({ErrorCode::InvalidArgument,
                                       "there is no schedule " + inQuotes(operands[0])
                                           + (operands.size() == 1 ? " without an ID" : " of that form"),
                                       "write schedule list or schedule cancel ID"},
        ExitCode::Usage);
}

} // namespace insitecache
