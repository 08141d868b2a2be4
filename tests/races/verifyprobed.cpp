// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <QCoreApplication>

#include "cli/verifyrun.h"
#include "races/probes.h"

// `insitecache verify` over the probed library: an oracle that nobody has ever seen red proves nothing.
//   verifyprobed [processes=3] [seconds=2] [seed=1] [bound=1s] [faults=redis-kill] [database=none]
// Ends with 0 when the run passed, 1 when the oracle found something, 2 when there was no run.
namespace {

using namespace insitecache;

int runProbedWorker(const char *directory, const char *number)
{
    const int process = std::atoi(number);
    test::dwellAt("fill.before", Stage::L3, 3, 15);
    test::dwellAt("fill.before", Stage::L2, 3, 15);
    test::dwellAt("follow.before", Stage::L2, 1, process * 150); // one after the other
    const auto plan = VerifyPlan::read(directory);
    return plan ? runVerifyWorker(*plan, process) : 2;
}

int verifyProbed(const std::vector<std::string> &words)
{
    Settings settings;
    settings.database.emplace();
    Arguments arguments;
    for (const std::string &word : words) {
        const std::size_t end = word.find('=');
        if (word == "database=none")
            settings.database.reset();
        else
            arguments.options.push_back({word.substr(0, end), word.substr(end + 1)});
    }
    const auto options = VerifyOptions::from(arguments, settings);
    if (!options) {
        std::printf("%s\n", options.error().toString().c_str());
        return 2;
    }
    const auto report = VerifyRun(*options, settings).run([] { return false; });
    if (!report) {
        std::printf("%s\n", report.error().toString().c_str());
        return 2;
    }
    const auto say = [](const char *what, std::uint64_t count) { std::printf("%s: %ju\n", what, uintmax_t(count)); };
    say("reads", report->findings.reads);
    say("invalidations", report->invalidations);
    say("stale reads", report->staleReads());
    say("in their own process", report->findings.staleOwn);
    say("older than before", report->findings.backward);
    say("old copies at the end", report->staleAtEnd);
    say("lost invalidations", report->lostInvalidations);
    std::printf("%s\n", report->hasPassed() ? "passed" : "FAILED");
    return report->hasPassed() ? 0 : 1;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc == 5 && std::strcmp(argv[2], "worker") == 0)
        return runProbedWorker(argv[3], argv[4]);
    return verifyProbed({argv + 1, argv + argc});
}
