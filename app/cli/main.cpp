// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <clocale>
#include <cstring>

#include <QCoreApplication>

#include <langinfo.h>
#include <unistd.h>

#include "cli/command.h"
#include "settings/printable.h"

using insitecache::Arguments;
using insitecache::Command;
using insitecache::CommandContext;
using insitecache::Console;
using insitecache::ExitCode;
using insitecache::Program;
using insitecache::Settings;

namespace {

// Qt 6 wants UTF-8 and would say so on every call of a script that runs in the C locale.
void useUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

Console::Style styleFor(const Arguments &arguments)
{
    return {arguments.has("json"), arguments.has("quiet"),
        isatty(STDOUT_FILENO) && qEnvironmentVariableIsEmpty("NO_COLOR"), arguments.count("verbose")};
}

ExitCode printText(const std::string &text)
{
    std::fputs(text.c_str(), stdout);
    return ExitCode::Ok;
}

const std::vector<insitecache::OptionSpec> *optionsOf(std::string_view command)
{
    static const std::vector<insitecache::OptionSpec> none;
    const Command *found = insitecache::findCommand(command);
    if (!found)
        return command == "help" ? &none : nullptr;
    return &found->options;
}

insitecache::CommandSet commandSet()
{
    insitecache::CommandSet set{{}, optionsOf};
    for (const Command &command : insitecache::commandTable())
        set.names.push_back(command.name);
    return set;
}

ExitCode runHelp(Console &console, const Arguments &arguments)
{
    const bool asWord = arguments.command == "help";
    const std::string topic = !asWord ? arguments.command
        : arguments.operands.empty()  ? std::string()
                                      : arguments.operands.front();
    if (topic.empty())
        return printText(insitecache::programHelp());
    if (topic == "settings")
        return printText(insitecache::settingsHelp());
    const Command *command = insitecache::findCommand(topic);
    if (command)
        return printText(insitecache::commandHelp(*command));
    return console.usage("there is no command " + insitecache::inQuotes(topic), "see insitecache --help");
}

ExitCode runCommand(Console &console, const Arguments &arguments)
{
    if (arguments.command.empty())
        return console.usage("no command given", "see insitecache --help");
    const Command &command = *insitecache::findCommand(arguments.command);
    const std::string name(command.name);
    if (!command.run)
        return console.usage(name + " is not available in this version", "see insitecache --help for what is");
    if (arguments.operands.size() < command.minOperands || arguments.operands.size() > command.maxOperands)
        return console.usage(name + " takes " + (command.synopsis.empty() ? "no words" : std::string(command.synopsis))
                + ", and got " + std::to_string(arguments.operands.size()) + " words",
            "see insitecache " + name + " --help");
    const Settings::Environment environment = Settings::processEnvironment();
    const auto settings = Settings::load(Program::CommandLine, arguments, environment);
    if (!settings)
        return console.failure(settings.error(),
            settings.error().code == insitecache::ErrorCode::Corrupt ? ExitCode::Failed : ExitCode::Usage);
    return command.run({arguments, *settings, console, environment});
}

ExitCode runProgram(const std::vector<std::string> &words)
{
    const insitecache::CommandSet commands = commandSet();
    const auto arguments = insitecache::parseArguments(words, Program::CommandLine, &commands);
    if (!arguments) {
        Arguments guess;
        if (std::find(words.begin(), words.end(), "--json") != words.end())
            guess.options.push_back({"json", {}});
        Console console(stdout, stderr, styleFor(guess));
        return console.failure(arguments.error(), ExitCode::Usage);
    }
    Console console(stdout, stderr, styleFor(*arguments));
    if (arguments->version)
        return printText(versionLine(Program::CommandLine) + '\n');
    if (arguments->help || arguments->command == "help")
        return runHelp(console, *arguments);
    const ExitCode code = runCommand(console, *arguments);
    if (console.finish())
        return code;
    return console.failure({insitecache::ErrorCode::Io, "the output cannot be written", "is the disk full?"});
}

} // namespace

int main(int argc, char **argv)
{
    useUtf8();
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    QCoreApplication application(argc, argv);
    return static_cast<int>(runProgram(words));
}
