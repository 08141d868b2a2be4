// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "cli/command.h"
#include "cli/enginestate.h"
#include "cli/humanformat.h"
#include "cli/jsonstats.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

void showTiers(Console &console, const MetricsTotals &totals, const EngineState &state)
{
    std::vector<std::vector<std::string>> rows{
        {"tier", "state", "lookups", "hits", "hit ratio", "p50", "p99", "entries", "bytes", "where"}};
    for (int i = 0; i < tierCount; ++i) {
        const TierTotals &tier = totals.tiers[i];
        const auto &usage = state.tiers[i];
        const double ratio = tier.lookups ? double(tier.hits) / double(tier.lookups) : 0.0;
        rows.push_back({std::string(stageName(static_cast<Stage>(i))),
            !usage          ? console.faint("off")
                : usage->up ? console.good("up")
                            : console.bad("down"),
            std::to_string(tier.lookups), std::to_string(tier.hits), tier.lookups ? percentShown(ratio) : "-",
            tier.lookups ? numberShown(tier.latency.quantileMs(0.5), 2) + " ms" : "-",
            tier.lookups ? numberShown(tier.latency.quantileMs(0.99), 2) + " ms" : "-",
            usage ? std::to_string(usage->entries) : "-", usage ? sizeShown(usage->bytes) : "-",
            usage ? printable(usage->detail) : ""});
    }
    console.table(rows, {false, false, true, true, true, true, true, true, true});
}

void showMissReasons(Console &console, const MetricsTotals &totals)
{
    std::vector<std::vector<std::string>> rows{{"missed in"}};
    for (std::size_t i = 0; i < missReasonCount; ++i)
        rows[0].push_back(std::string(missReasonName(static_cast<MissReason>(i))));
    for (int i = 0; i < tierCount; ++i) {
        const MissCounts &counts = totals.tiers[i].missReasons;
        if (std::all_of(counts.begin(), counts.end(), [](std::uint64_t count) { return count == 0; }))
            continue;
        rows.push_back({std::string(stageName(static_cast<Stage>(i)))});
        for (const std::uint64_t count : counts)
            rows.back().push_back(std::to_string(count));
    }
    if (rows.size() > 1)
        console.table(rows, {false, true, true, true, true, true, true, true});
}

std::string verdictShown(WhatIfReport::Verdict verdict)
{
    switch (verdict) {
    case WhatIfReport::Verdict::CapacityBound: return "L1 is capacity-bound: more memory gains most";
    case WhatIfReport::Verdict::TtlBound: return "L1 is TTL-bound: longer lives gain most, if older values will do";
    case WhatIfReport::Verdict::Neither: return "neither more memory nor longer lives would gain L1 much";
    case WhatIfReport::Verdict::TooFewSamples: break;
    }
    return {};
}

/// Nothing before there is something to tell: a command line is mostly too short for it.
void showWhatIf(Console &console, const std::optional<WhatIfReport> &report)
{
    if (!report || report->verdict == WhatIfReport::Verdict::TooFewSamples)
        return;
    std::vector<std::vector<std::string>> rows{{"hit ratio of L1"}, {"with other room"}, {"with other lives"}};
    for (std::size_t i = 0; i < report->capacity.size(); ++i) {
        rows[0].push_back(numberShown(report->capacity[i].factor, 1) + "x");
        rows[1].push_back(percentShown(report->capacity[i].hitRatio));
        rows[2].push_back(percentShown(report->ttl[i].hitRatio));
    }
    console.table(rows, {false, true, true, true, true});
    console.line(verdictShown(report->verdict) + " (forecast from " + std::to_string(report->sampledUses)
        + " sampled requests, which hit " + percentShown(report->simulated) + " where L1 hit "
        + percentShown(report->actual) + ')');
}

void showShares(Console &console, const EngineState &state)
{
    if (!state.tiers[0] || state.tiers[0]->types.empty())
        return;
    std::vector<std::vector<std::string>> rows{{"in L1", "entries", "bytes", "guaranteed"}};
    for (const TypeUsage &type : state.tiers[0]->types)
        rows.push_back({type.type.empty() ? "all others" : printable(type.type), std::to_string(type.entries),
            sizeShown(type.bytes), sizeShown(type.guaranteedBytes)});
    console.table(rows, {false, true, true, true});
}

void showSources(Console &console, const EngineState &state)
{
    std::vector<std::vector<std::string>> rows{{"source", "state", "requests", "ok", "quota left", "last error"}};
    for (const SourceStatus &source : state.sources)
        rows.push_back({printable(source.name), source.configured ? "set up" : console.odd("not set up"),
            std::to_string(source.requests), std::to_string(source.ok),
            source.quotaRemaining ? percentShown(*source.quotaRemaining) : "-", printable(source.lastError)});
    if (rows.size() > 1)
        console.table(rows, {false, false, true, true, true});
}

void showBacklog(Console &console, const Backlog &backlog, const std::string &what)
{
    if (backlog.waiting > 0)
        console.line(std::to_string(backlog.waiting) + ' ' + what + ", the oldest for "
            + numberShown(double(backlog.oldest.count()) / 1000.0, 1) + " s");
}

} // namespace

ExitCode runStats(const CommandContext &context)
{
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    Console &console = context.console;
    const EngineState state = EngineState::of(session->engine());
    const MetricsTotals totals = session->engine().metrics().totals();
    if (console.wantsJson())
        console.document(statsJson(totals, state));
    console.line(std::to_string(totals.all.lookups) + " lookups in this process");
    showTiers(console, totals, state);
    showMissReasons(console, totals);
    showWhatIf(console, state.whatIf);
    showShares(console, state);
    showBacklog(console, state.outbox, "removals wait for a tier");
    showBacklog(console, state.writeBehind, "writes wait for L3");
    showSources(console, state);
    return ExitCode::Ok;
}

} // namespace insitecache
