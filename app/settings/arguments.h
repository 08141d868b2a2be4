// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/error.h>

#include "settings/optionspec.h"

namespace insitecache {

/// A command line taken apart, but not yet understood.
struct Arguments {
    struct Given {
        std::string name;  ///< the option's long name
        std::string value; ///< empty for a flag
    };

    std::string command; ///< the first word, when the program has commands
    std::vector<std::string> operands;
    std::vector<Given> options; ///< in order
    bool help = false;
    bool version = false;

    bool has(std::string_view name) const;
    /// The last one given, or null.
    const std::string *value(std::string_view name) const;
    int count(std::string_view name) const;
};

/// The commands of a program.
struct CommandSet {
    std::vector<std::string_view> names;
    /// The options that hold after that word, or null when there is no such command.
    const std::vector<OptionSpec> *(*optionsOf)(std::string_view command);
};

/// `--name value`, `--name=value`, `-n`, `-vv`; `--` ends the options; options and operands mix freely.
/// `commands` null: the program has no commands and every word is an operand.
/// Errors: InvalidArgument (unknown option or command, with the nearest known one; missing or superfluous value).
Result<Arguments> parseArguments(const std::vector<std::string> &words, Program program, const CommandSet *commands);

/// The known word nearest to `word`, or empty when none is near.
std::string nearestWord(std::string_view word, const std::vector<std::string_view> &known);

} // namespace insitecache
