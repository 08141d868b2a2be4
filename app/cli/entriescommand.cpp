// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include <insitecache/monitor/monitor.h>

#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"
#include "cli/selection.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr std::uint64_t entriesDefaultLimit = 1000;
constexpr std::uint64_t entriesMaxLimit = 1'000'000;
constexpr Millis entriesForEver = std::chrono::hours(24 * 366 * 10); // what lives longer has no expiry to speak of

struct EntriesRequest {
    EntryQuery query;
    std::string type; ///< on top of a pattern; empty: any
    std::size_t limit = entriesDefaultLimit;
};

Result<EntriesRequest> entriesRequest(const Arguments &arguments)
{
    EntriesRequest request;
    if (const std::string *text = arguments.value("limit")) {
        const auto limit = parseCount(*text);
        if (!limit || *limit > entriesMaxLimit)
            return fail(ErrorCode::InvalidArgument, "--limit " + inQuotes(*text) + " is not a number up to 1000000",
                "write e.g. --limit 100");
        request.limit = *limit;
    }
    const std::string *pattern = arguments.value("pattern");
    const std::string *type = arguments.value("type");
    auto which = pattern ? patternSelection(*pattern) : type ? typeSelection(*type) : Result<Selector>(Selector::all());
    if (!which)
        return tl::unexpected(which.error());
    request.query.which = *which;
    request.query.limit = request.limit;
    if (pattern && type) {
        if (auto valid = typeSelection(*type); !valid)
            return tl::unexpected(valid.error());
        request.type = *type;
        request.query.limit = entriesMaxLimit;
    }
    return request;
}

void narrowToType(EntryPage &page, const EntriesRequest &request)
{
    if (request.type.empty())
        return;
    std::erase_if(page.rows, [&](const EntryRow &row) { return row.key.type() != request.type; });
    page.total = page.rows.size();
    if (page.rows.size() > request.limit)
        page.rows.resize(request.limit);
}

std::string_view entryState(const EntryRow &row)
{
    const bool fresh = std::any_of(
        std::begin(row.tiers), std::end(row.tiers), [](const auto &copy) { return copy.present && copy.fresh; });
    if (row.negative)
        return "negative";
    return fresh ? "fresh" : "stale";
}

QJsonObject entryTiersJson(const EntryRow &row)
{
    QJsonObject tiers;
    for (int i = 0; i < tierCount; ++i) {
        const EntryRow::Copy &copy = row.tiers[i];
        if (!copy.present)
            continue;
        tiers[textJson(stageName(static_cast<Stage>(i)))]
            = QJsonObject{{QStringLiteral("ttlMs"), static_cast<qint64>(copy.ttl.count())},
                {QStringLiteral("bytes"), static_cast<qint64>(copy.bytes)},
                {QStringLiteral("rawBytes"), static_cast<qint64>(copy.rawBytes)}};
    }
    return tiers;
}

QJsonObject entryJson(const EntryRow &row)
{
    const bool expires = row.expires - row.created < entriesForEver;
    return {{QStringLiteral("key"), textJson(row.key.text())}, {QStringLiteral("type"), textJson(row.key.type())},
        {QStringLiteral("tiers"), entryTiersJson(row)}, {QStringLiteral("hits"), static_cast<qint64>(row.hits)},
        {QStringLiteral("createdAt"), timeJson(row.created)},
        {QStringLiteral("expiresAt"), expires ? QJsonValue(timeJson(row.expires)) : QJsonValue()},
        {QStringLiteral("state"), textJson(entryState(row))}, {QStringLiteral("origin"), textJson(row.origin)}};
}

QJsonObject entriesJson(const EntryPage &page)
{
    QJsonArray entries;
    for (const EntryRow &row : page.rows)
        entries.append(entryJson(row));
    return {{QStringLiteral("entries"), entries}, {QStringLiteral("total"), static_cast<qint64>(page.total)},
        {QStringLiteral("exact"), page.exact}};
}

std::string tiersShown(const EntryRow &row)
{
    std::string text;
    for (int i = 0; i < tierCount; ++i)
        text += row.tiers[i].present ? stageName(static_cast<Stage>(i)) : std::string_view("--");
    return text;
}

void showEntries(Console &console, const EntryPage &page)
{
    std::vector<std::vector<std::string>> rows{{"key", "tiers", "fresh for", "size", "hits", "state", "from"}};
    for (const EntryRow &row : page.rows) {
        std::uint64_t bytes = 0;
        for (const EntryRow::Copy &copy : row.tiers)
            bytes = std::max(bytes, copy.bytes);
        const Millis left = row.expires - page.taken;
        rows.push_back({printable(row.key.text()), tiersShown(row),
            left > entriesForEver ? std::string("ever") : spanShown(std::max(left, Millis::zero())), sizeShown(bytes),
            std::to_string(row.hits), std::string(entryState(row)), printable(row.origin)});
    }
    console.table(rows, {false, false, true, true, true});
    console.line(std::to_string(page.rows.size()) + " of " + (page.exact ? "" : "at least ")
        + std::to_string(page.total) + " entries");
}

} // namespace

ExitCode runEntries(const CommandContext &context)
{
    Console &console = context.console;
    const auto request = entriesRequest(context.arguments);
    if (!request)
        return console.failure(request.error(), ExitCode::Usage);
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    Monitor monitor(session->engine());
    EntryPage page = monitor.entries(request->query).result();
    narrowToType(page, *request);
    if (console.wantsJson())
        console.document(entriesJson(page));
    showEntries(console, page);
    for (const InvalidationPreview::Failure &failure : page.unreachable) {
        console.complain(std::string(stageName(failure.stage)) + ": " + failure.error.toString());
        exit = ExitCode::Unreachable;
    }
    return session->databaseError() ? ExitCode::Unreachable : exit;
}

} // namespace insitecache
