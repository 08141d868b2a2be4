// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include <QJsonArray>

#include <unistd.h>

#include "cli/command.h"
#include "cli/jsonlookup.h"
#include "cli/selection.h"
#include "settings/duetime.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

Status invalidateTiers(const std::string &list, Invalidation &what)
{
    bool tiers[tierCount] = {};
    for (std::size_t start = 0; start <= list.size();) {
        const std::size_t comma = std::min(list.find(',', start), list.size());
        const std::string name = list.substr(start, comma - start);
        if (name != "L1" && name != "L2" && name != "L3")
            return fail(ErrorCode::InvalidArgument, "there is no tier " + inQuotes(name), "name some of L1,L2,L3");
        tiers[name[1] - '1'] = true;
        start = comma + 1;
    }
    std::copy(std::begin(tiers), std::end(tiers), std::begin(what.tiers));
    return {};
}

Result<Invalidation> invalidationFrom(const Arguments &arguments)
{
    auto which = selectionFrom(arguments);
    if (!which)
        return tl::unexpected(which.error());
    Invalidation what{std::move(*which), {true, true, true}, arguments.has("expire"), {}};
    what.dependents = arguments.has("dependents");
    if (const std::string *reason = arguments.value("reason"))
        what.reason = printable(*reason);
    if (const std::string *tiers = arguments.value("tier")) {
        if (Status ok = invalidateTiers(*tiers, what); !ok)
            return tl::unexpected(ok.error());
    }
    return what;
}

/// Unset: now.
Result<std::optional<WallTime>> dueFrom(const Arguments &arguments, WallTime now)
{
    const std::string *after = arguments.value("after");
    const std::string *at = arguments.value("at");
    if (after && at)
        return fail(ErrorCode::InvalidArgument, "--after and --at say the same thing twice", "give one of them");
    if (after)
        return parseDuration(*after).map([now](Millis wait) { return std::optional(now + wait); });
    if (at)
        return parseDueTime(*at, now).map([](WallTime due) { return std::optional(due); });
    return std::nullopt;
}

/// A tier that was asked for by name must be there; without --tier what is not there holds nothing.
Status tiersExist(const Arguments &arguments, const Invalidation &what, const Session &session)
{
    if (!arguments.has("tier"))
        return {};
    if (what.tiers[1] && session.redisUrl().empty())
        return fail(ErrorCode::InvalidArgument, "there is no L2", "name a Redis with --redis");
    if (what.tiers[2] && !session.hasDatabase())
        return session.databaseError() ? Status(tl::unexpected(*session.databaseError()))
                                       : fail(ErrorCode::InvalidArgument, "there is no L3", "name one with --database");
    return {};
}

QJsonArray partialJson(const std::vector<InvalidationPreview::Failure> &failures)
{
    QJsonArray partial;
    for (const auto &failure : failures)
        partial.append(QJsonObject{{QStringLiteral("tier"), textJson(stageName(failure.stage))},
            {QStringLiteral("error"), errorJson(failure.error)}});
    return partial;
}

QJsonObject invalidationJson(bool dryRun, const InvalidationPreview &preview, const InvalidationResult &result)
{
    QJsonObject byTier;
    for (int i = 0; i < tierCount; ++i)
        byTier[textJson(stageName(static_cast<Stage>(i)))]
            = static_cast<qint64>(dryRun ? preview.byTier[i] : result.deletedByTier[i]);
    QJsonArray sample;
    for (const std::string &key : preview.sample)
        sample.append(textJson(key));
    return {{QStringLiteral("dryRun"), dryRun}, {QStringLiteral("exact"), preview.exact},
        {QStringLiteral("keys"), static_cast<qint64>(preview.keys)}, {QStringLiteral("byTier"), byTier},
        {QStringLiteral("dependents"), static_cast<qint64>(dryRun ? preview.dependents : result.dependents)},
        {QStringLiteral("everything"), dryRun ? preview.everything : result.everything},
        {QStringLiteral("requested"), static_cast<qint64>(result.requested)},
        {QStringLiteral("deleted"), static_cast<qint64>(result.deleted)},
        {QStringLiteral("verified"), static_cast<qint64>(result.verified)},
        {QStringLiteral("partial"), partialJson(dryRun ? preview.unreachable : result.partial)},
        {QStringLiteral("sample"), sample}};
}

std::string countShown(const InvalidationPreview &preview)
{
    return (preview.exact ? "" : "at least ") + std::to_string(preview.keys) + (preview.keys == 1 ? " key" : " keys");
}

/// Said beside the counts, since nobody who names one key expects it.
void showEverything(Console &console, bool everything)
{
    if (everything)
        console.line(
            "more than " + std::to_string(Closure::maxDependents) + " keys depend on it, so all keys are taken");
}

void showPreview(Console &console, const Invalidation &what, const InvalidationPreview &preview)
{
    std::string text = printable(what.which.describe()) + ": " + countShown(preview);
    for (int i = 0; i < tierCount; ++i)
        text += (i ? ", " : " (") + std::string(stageName(static_cast<Stage>(i))) + ' '
            + std::to_string(preview.byTier[i]);
    console.line(text + ')');
    showEverything(console, preview.everything);
    for (const std::string &key : preview.sample)
        console.line("  " + printable(key));
}

bool askAtTerminal(const InvalidationPreview &preview)
{
    std::cerr << "Invalidate " << countShown(preview) << "? [y/N] " << std::flush;
    std::string answer;
    std::getline(std::cin, answer);
    return answer == "y" || answer == "Y" || answer == "yes";
}

/// More than one key goes only with --force or a yes.
Status confirmed(const CommandContext &context, const Invalidation &what, const InvalidationPreview &preview)
{
    const bool one = preview.keys <= 1 && (preview.exact || what.which.namedKeys());
    if (one || context.arguments.has("force"))
        return {};
    if (context.settings.noInput || !isatty(STDIN_FILENO))
        return fail(ErrorCode::InvalidArgument,
            "this would invalidate " + countShown(preview) + "; nothing was changed",
            "look with --dry-run, then give --force");
    if (askAtTerminal(preview))
        return {};
    return fail(ErrorCode::Cancelled, "nothing was changed", {});
}

ExitCode sayFailures(Console &console, const std::vector<InvalidationPreview::Failure> &failures)
{
    ExitCode exit = ExitCode::Ok;
    for (const auto &failure : failures) {
        console.complain(std::string(stageName(failure.stage)) + " was not reached: " + failure.error.toString());
        exit = ExitCode::Unreachable;
    }
    return exit;
}

/// A database that could not be opened may hold copies all the same.
std::vector<InvalidationPreview::Failure> leftOutTiers(const Session &session, const Invalidation &what)
{
    if (!session.databaseError() || !what.tiers[2])
        return {};
    return {{Stage::L3, *session.databaseError()}};
}

InvalidationPreview previewOf(const Session &session, const Invalidation &what)
{
    InvalidationPreview preview = session.engine().preview(what).result();
    for (const auto &failure : leftOutTiers(session, what)) {
        preview.unreachable.push_back(failure);
        preview.exact = false;
    }
    return preview;
}

ExitCode invalidateNow(
    Console &console, const Session &session, const Invalidation &what, const InvalidationPreview &preview)
{
    InvalidationResult result = session.engine().invalidate(what).result();
    for (const auto &failure : leftOutTiers(session, what)) {
        result.partial.push_back(failure);
        result.verified = 0;
    }
    if (console.wantsJson())
        console.document(invalidationJson(false, preview, result));
    console.line(printable(what.which.describe()) + ": " + std::to_string(result.deleted) + " of "
        + std::to_string(result.requested) + (what.expire ? " expired, " : " deleted, ")
        + std::to_string(result.verified) + " verified");
    showEverything(console, result.everything);
    if (const ExitCode exit = sayFailures(console, result.partial); exit != ExitCode::Ok)
        return exit;
    if (result.verified == result.requested)
        return ExitCode::Ok;
    console.complain(
        std::to_string(result.requested - result.verified) + " keys are still there; somebody stored them anew");
    return ExitCode::Failed;
}

/// The delay counts from here: starting the tiers and asking took their time.
ExitCode invalidateLater(
    const CommandContext &context, const Session &session, const Invalidation &what, const InvalidationPreview &preview)
{
    Console &console = context.console;
    const auto asked = dueFrom(context.arguments, Clock::system().wall());
    if (!asked)
        return console.failure(asked.error(), ExitCode::Usage);
    const WallTime due = **asked;
    const auto scheduled = session.engine().schedule(what, due).result();
    if (!scheduled)
        return console.failure(scheduled.error());
    if (console.wantsJson()) {
        QJsonObject json = invalidationJson(true, preview, {});
        json[QStringLiteral("dryRun")] = false;
        json[QStringLiteral("scheduled")] = QJsonObject{
            {QStringLiteral("id"), static_cast<qint64>(scheduled->id)}, {QStringLiteral("due"), timeJson(due)}};
        console.document(json);
    }
    console.line(
        printable(what.which.describe()) + ": scheduled as " + std::to_string(scheduled->id) + " for " + dueShown(due));
    return ExitCode::Ok;
}

} // namespace

ExitCode runInvalidate(const CommandContext &context)
{
    Console &console = context.console;
    const bool dryRun = context.arguments.has("dry-run");
    const auto what = invalidationFrom(context.arguments);
    if (!what)
        return console.failure(what.error(), ExitCode::Usage);
    const auto due = dueFrom(context.arguments, Clock::system().wall());
    if (!due)
        return console.failure(due.error(), ExitCode::Usage);
    if (context.settings.readOnly && !dryRun)
        return console.failure({ErrorCode::Refused, "this profile is read-only; nothing was invalidated",
            "look with --dry-run, or start without --read-only"});
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    if (Status ok = tiersExist(context.arguments, *what, *session); !ok)
        return console.failure(ok.error());
    const InvalidationPreview preview = previewOf(*session, *what);
    if (dryRun || console.style().verbose > 0)
        showPreview(console, *what, preview);
    if (dryRun) {
        if (console.wantsJson())
            console.document(invalidationJson(true, preview, {}));
        return sayFailures(console, preview.unreachable);
    }
    if (Status ok = confirmed(context, *what, preview); !ok)
        return console.failure(ok.error());
    if (*due)
        return invalidateLater(context, *session, *what, preview);
    return invalidateNow(console, *session, *what, preview);
}

} // namespace insitecache
