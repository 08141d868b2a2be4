// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "settings/session.h"
#include "settings/settings.h"

namespace insitecache {

/// What a command works with.
struct CommandContext {
    const Arguments &arguments;
    const Settings &settings;
    Console &console;
    Settings::Environment environment;
};

/// One command of the command line. A command only asks and shows: what it does lies in the core.
struct Command {
    std::string_view name;
    std::string_view synopsis; ///< "KEY…": what follows the name
    std::string_view summary;  ///< one line
    std::string_view help{};   ///< more, below the options
    std::vector<OptionSpec> options{};
    std::size_t minOperands = 0, maxOperands = 0;
    ExitCode (*run)(const CommandContext &context) = nullptr; ///< null: not available in this version
};

const std::vector<Command> &commandTable();
/// Null when there is none of that name.
const Command *findCommand(std::string_view name);
std::string programHelp();
std::string commandHelp(const Command &command);

/// Starts what the settings describe and says what was left out. On failure the error has been said and `exit` set.
std::unique_ptr<Session> openSession(const CommandContext &context, ExitCode &exit);

/// When something is due, in local time.
std::string dueShown(WallTime due);

ExitCode runGet(const CommandContext &context);
ExitCode runHistory(const CommandContext &context);
ExitCode runSearch(const CommandContext &context);
ExitCode runSentiment(const CommandContext &context);
ExitCode runTrending(const CommandContext &context);
ExitCode runPut(const CommandContext &context);
ExitCode runEntries(const CommandContext &context);
ExitCode runInvalidate(const CommandContext &context);
ExitCode runSchedule(const CommandContext &context);
ExitCode runDepends(const CommandContext &context);
ExitCode runStats(const CommandContext &context);
ExitCode runPolicies(const CommandContext &context);
ExitCode runPolicyChange(const CommandContext &context);
ExitCode runDoctor(const CommandContext &context);
ExitCode runBench(const CommandContext &context);
ExitCode runReplay(const CommandContext &context);
ExitCode runVerify(const CommandContext &context);

} // namespace insitecache
