// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <optional>

#include <insitecache/tiers/memoryreplay.h>

#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"
#include "cli/tracefile.h"
#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr std::uint64_t maxReplayEntries = 100'000'000;
constexpr std::uint64_t maxReplayThreads = 256;

struct ReplayPolicy {
    std::string_view name;
    Eviction eviction;
};
constexpr ReplayPolicy replayPolicies[] = {{"adaptive", Eviction::Adaptive}, {"lru", Eviction::Lru},
    {"s3fifo", Eviction::S3Fifo}, {"wtinylfu", Eviction::WTinyLfu}, {"arc", Eviction::Arc}};

struct ReplayOptions {
    std::string trace;
    ReplayPolicy policy = replayPolicies[0];
    std::uint64_t entries = 0, threads = 1;

    static Result<ReplayOptions> from(const Arguments &arguments);
    /// Bounded by the number of entries alone.
    MemoryTierOptions memory() const
    {
        MemoryTierOptions memory;
        memory.maxBytes = std::uint64_t(1) << 50;
        memory.maxEntries = entries;
        memory.eviction = policy.eviction;
        return memory;
    }
};

Status replayNumber(const Arguments &arguments, std::string_view name, std::uint64_t high, std::uint64_t &target)
{
    const std::string *text = arguments.value(name);
    if (!text)
        return {};
    const auto number = parseCount(*text);
    if (!number || *number < 1 || *number > high)
        return fail(ErrorCode::InvalidArgument, "--" + std::string(name) + ' ' + inQuotes(*text) + " is out of range",
            "use 1 … " + std::to_string(high));
    target = *number;
    return {};
}

Result<ReplayPolicy> replayPolicy(const std::string &name)
{
    const auto found = std::find_if(std::begin(replayPolicies), std::end(replayPolicies),
        [&](const ReplayPolicy &policy) { return policy.name == name; });
    if (found == std::end(replayPolicies))
        return fail(ErrorCode::InvalidArgument, "there is no eviction policy " + inQuotes(name),
            "use adaptive, lru, s3fifo, wtinylfu or arc");
    return *found;
}

Result<ReplayOptions> ReplayOptions::from(const Arguments &arguments)
{
    ReplayOptions options;
    options.trace = arguments.operands.front();
    if (!arguments.has("entries"))
        return fail(ErrorCode::InvalidArgument, "replay needs the size of the cache", "add --entries N");
    for (const Status &check : {replayNumber(arguments, "entries", maxReplayEntries, options.entries),
             replayNumber(arguments, "threads", maxReplayThreads, options.threads)}) {
        if (!check)
            return tl::unexpected(check.error());
    }
    if (const std::string *name = arguments.value("policy")) {
        const auto policy = replayPolicy(*name);
        if (!policy)
            return tl::unexpected(policy.error());
        options.policy = *policy;
    }
    return options;
}

double replayRatio(const ReplayReport &report)
{
    return double(report.hits) / double(report.requests);
}

double replayRate(const ReplayReport &report)
{
    return report.seconds > 0 ? double(report.requests) / report.seconds : 0.0;
}

QJsonObject replayJson(const ReplayOptions &options, const ReplayReport &report)
{
    return {{QStringLiteral("trace"), textJson(options.trace)},
        {QStringLiteral("policy"), textJson(options.policy.name)},
        {QStringLiteral("entries"), static_cast<qint64>(options.entries)},
        {QStringLiteral("threads"), static_cast<qint64>(options.threads)},
        {QStringLiteral("requests"), static_cast<qint64>(report.requests)},
        {QStringLiteral("hits"), static_cast<qint64>(report.hits)}, {QStringLiteral("hitRatio"), replayRatio(report)},
        {QStringLiteral("seconds"), report.seconds}, {QStringLiteral("opsPerSecond"), replayRate(report)}};
}

void showReplay(Console &console, const ReplayOptions &options, const ReplayReport &report)
{
    console.table({{"policy", "entries", "threads", "requests", "hits", "hit ratio", "ops/s"},
                      {std::string(options.policy.name), std::to_string(options.entries),
                          std::to_string(options.threads), std::to_string(report.requests), std::to_string(report.hits),
                          numberShown(replayRatio(report), 4), numberShown(replayRate(report), 0)}},
        {false, true, true, true, true, true, true});
}

} // namespace

ExitCode runReplay(const CommandContext &context)
{
    Console &console = context.console;
    const auto options = ReplayOptions::from(context.arguments);
    if (!options)
        return console.failure(options.error(), ExitCode::Usage);
    const auto trace = TraceFile::read(options->trace);
    if (!trace)
        return console.failure(trace.error(), ExitCode::Failed);
    const MemoryReplay replay(trace->keys, trace->requests, Clock::system());
    const ReplayReport report = replay.run(options->memory(), static_cast<int>(options->threads));
    if (console.wantsJson())
        console.document(replayJson(*options, report));
    showReplay(console, *options, report);
    return ExitCode::Ok;
}

} // namespace insitecache
