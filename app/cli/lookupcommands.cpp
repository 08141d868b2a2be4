// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include <insitecache/sources/values.h>

#include "cli/command.h"
#include "cli/humanlookup.h"
#include "cli/jsonlookup.h"
#include "cli/jsonvalues.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

// A value that is there is a success, however it was had; without one it matters whether somebody did not answer.
ExitCode lookupExitCode(const Lookup &lookup)
{
    if (lookup.hasValue())
        return valueJson(lookup.key.type(), lookup.entry->payload()) ? ExitCode::Ok : ExitCode::Failed;
    const ExitCode code = lookup.error ? exitCodeFor(*lookup.error) : ExitCode::Failed;
    return code == ExitCode::Usage ? ExitCode::Failed : code;
}

void warnOfTiers(Console &console, const std::vector<Lookup> &lookups)
{
    std::set<std::string> said;
    for (const Lookup &lookup : lookups) {
        for (int i = 0; i < lookup.stepCount; ++i) {
            const LookupStep &step = lookup.steps[static_cast<std::size_t>(i)];
            if (step.stage == Stage::Source || !step.error)
                continue;
            const std::string text = std::string(stageName(step.stage)) + ": " + step.error->toString();
            if (said.insert(text).second)
                console.warning(text);
        }
    }
}

void sayErrors(Console &console, const std::vector<Lookup> &lookups)
{
    for (const Lookup &lookup : lookups) {
        if (lookup.hasValue() && lookup.error)
            console.warning(lookup.key.text() + " is stale: " + lookup.error->toString());
        else if (lookup.error)
            console.complain(lookup.key.text() + ": " + lookup.error->toString());
    }
}

ExitCode lookUp(const CommandContext &context, const std::vector<CacheKey> &keys)
{
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const LookupOptions options{context.arguments.has("bypass"), !context.arguments.has("no-stale")};
    const std::vector<Lookup> lookups = session->engine().lookup(keys, options).result();
    Console &console = context.console;
    if (console.wantsJson())
        console.document(lookupsJson(lookups));
    for (const Lookup &lookup : lookups) {
        showLookup(console, lookup);
        exit = worse(exit, lookupExitCode(lookup));
    }
    warnOfTiers(console, lookups);
    sayErrors(console, lookups);
    return exit;
}

ExitCode lookUpOne(const CommandContext &context, std::string_view type, std::string_view identity)
{
    const auto key = normalisedKey(type, identity);
    return key ? lookUp(context, {*key}) : context.console.failure(key.error(), ExitCode::Usage);
}

/// The option's value if it is one of `allowed`, the first of them when it was not given, or nothing.
std::optional<std::string> chosen(const CommandContext &context, std::string_view option, std::string_view preset,
    std::initializer_list<std::string_view> allowed)
{
    const std::string *given = context.arguments.value(option);
    const std::string value = given ? *given : std::string(preset);
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end())
        return value;
    std::string list;
    for (const std::string_view word : allowed)
        list += (list.empty() ? "" : " ") + std::string(word);
    context.console.usage("--" + std::string(option) + ' ' + inQuotes(value) + " is not known", "use one of " + list);
    return std::nullopt;
}

} // namespace

ExitCode runGet(const CommandContext &context)
{
    std::vector<CacheKey> keys;
    for (const std::string &text : context.arguments.operands) {
        auto key = normalisedKey(text);
        if (!key)
            return context.console.failure(key.error(), ExitCode::Usage);
        keys.push_back(std::move(*key));
    }
    return lookUp(context, keys);
}

ExitCode runHistory(const CommandContext &context)
{
    const auto range
        = chosen(context, "range", "1mo", {"1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"});
    if (!range)
        return ExitCode::Usage;
    const auto interval = chosen(context, "interval", "1d",
        {"1m", "2m", "5m", "15m", "30m", "60m", "90m", "1h", "1d", "5d", "1wk", "1mo", "3mo"});
    if (!interval)
        return ExitCode::Usage;
    return lookUpOne(context, "history", context.arguments.operands.front() + ':' + *range + ':' + *interval);
}

ExitCode runSearch(const CommandContext &context)
{
    std::string query;
    for (const std::string &word : context.arguments.operands)
        query += (query.empty() ? "" : " ") + word;
    return lookUpOne(context, "search", query);
}

ExitCode runSentiment(const CommandContext &context)
{
    return lookUpOne(context, "sentiment", context.arguments.operands.front());
}

ExitCode runTrending(const CommandContext &context)
{
    const std::vector<std::string> &words = context.arguments.operands;
    return lookUpOne(context, "trending", words.empty() ? std::string("US") : words.front());
}

} // namespace insitecache
