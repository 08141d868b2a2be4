// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <QJsonArray>

#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"
#include "cli/verifyrun.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

volatile std::sig_atomic_t verifyInterrupted = 0;

extern "C" void interruptVerify(int)
{
    verifyInterrupted = 1;
}

qint64 countJson(std::uint64_t count)
{
    return static_cast<qint64>(count);
}

QJsonArray faultsJson(const VerifyReport &report)
{
    QJsonArray faults;
    for (const VerifyFaultTime &fault : report.faults)
        faults.append(QJsonObject{{QStringLiteral("fault"), textJson(verifyFaultName(fault.fault))},
            {QStringLiteral("fromMs"), fault.from * 1000}, {QStringLiteral("toMs"), fault.to * 1000}});
    return faults;
}

QJsonObject verifyJson(const VerifyOptions &options, const VerifyReport &report)
{
    const VerifyFindings &findings = report.findings;
    return {{QStringLiteral("reads"), countJson(findings.reads)},
        {QStringLiteral("invalidations"), countJson(report.invalidations)},
        {QStringLiteral("staleReads"), countJson(report.staleReads())},
        {QStringLiteral("staleAtEnd"), countJson(report.staleAtEnd)},
        {QStringLiteral("lostInvalidations"), countJson(report.lostInvalidations)},
        {QStringLiteral("seed"), countJson(options.seed)}, {QStringLiteral("passed"), report.hasPassed()},
        {QStringLiteral("consistency"), findings.consistency()},
        {QStringLiteral("maxStalenessMs"), toMillisF(findings.maxStaleness)},
        {QStringLiteral("maxStalenessBrokenMs"), toMillisF(findings.maxStalenessBroken)},
        {QStringLiteral("invented"), countJson(findings.invented)},
        {QStringLiteral("backwardReads"), countJson(findings.backward)},
        {QStringLiteral("partialInvalidations"), countJson(report.partial)},
        {QStringLiteral("unansweredReads"), countJson(report.unanswered)},
        {QStringLiteral("convergedMs"), report.convergedMs}, {QStringLiteral("processes"), options.processes},
        {QStringLiteral("seconds"), report.seconds}, {QStringLiteral("faults"), faultsJson(report)}};
}

void showVerify(Console &console, const VerifyOptions &options, const VerifyReport &report, Duration bound)
{
    const VerifyFindings &findings = report.findings;
    const auto line = [&](const std::string &name, const std::string &value) {
        console.line(name + std::string(static_cast<std::size_t>(24 - displayWidth(name)), ' ') + value);
    };
    line("reads", std::to_string(findings.reads));
    line("invalidations",
        std::to_string(report.invalidations) + ", and " + std::to_string(report.partial)
            + " that could not reach every tier");
    line("consistent reads", percentShown(findings.consistency()));
    line("invented values", std::to_string(findings.invented));
    line("stale in own process", std::to_string(findings.staleOwn));
    line("stale beyond " + spanShown(bound), std::to_string(findings.staleLate));
    line("older than before", std::to_string(findings.backward));
    line("longest staleness",
        spanShown(findings.maxStaleness)
            + (report.faults.empty() ? "" : ", while broken " + spanShown(findings.maxStalenessBroken)));
    line("old copies at the end", std::to_string(report.staleAtEnd));
    line("lost invalidations", std::to_string(report.lostInvalidations));
    line("faults", std::to_string(report.faults.size()));
    for (const std::string &example : findings.examples)
        console.line("  " + example);
    console.line((report.hasPassed() ? console.good("passed") : console.bad("FAILED")) + ", "
        + std::to_string(options.processes) + " processes, " + numberShown(report.seconds, 1) + " s, --seed "
        + std::to_string(options.seed));
}

ExitCode runHiddenWorker(const CommandContext &context)
{
    const auto &operands = context.arguments.operands;
    const auto number = operands.size() == 3 ? parseCount(operands[2]) : Result<std::uint64_t>(0);
    if (operands.size() != 3 || operands[0] != "worker" || !number || *number >= VerifyRegister::maxProcesses)
        return context.console.usage("verify takes no words", "see insitecache verify --help");
    const auto plan = VerifyPlan::read(operands[1]);
    if (!plan)
        return context.console.failure(plan.error());
    return runVerifyWorker(*plan, static_cast<int>(*number)) == 0 ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace

ExitCode runVerify(const CommandContext &context)
{
    Console &console = context.console;
    if (!context.arguments.operands.empty())
        return runHiddenWorker(context);
    const auto options = VerifyOptions::from(context.arguments, context.settings);
    if (!options)
        return console.failure(options.error(), ExitCode::Usage);
    std::signal(SIGINT, interruptVerify);
    std::signal(SIGTERM, interruptVerify);
    VerifyRun run(*options, context.settings);
    const auto report = run.run([] { return verifyInterrupted != 0; });
    if (!report)
        return console.failure(report.error());
    if (console.wantsJson())
        console.document(verifyJson(*options, *report));
    showVerify(console, *options, *report, run.bound());
    return report->hasPassed() ? ExitCode::Ok : ExitCode::Failed;
}

} // namespace insitecache
