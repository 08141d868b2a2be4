// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace insitecache {

enum class Program { CommandLine, Dashboard };

/// One setting and every way to give it. What has no `help` is not on the command line: secrets are named by the
/// environment or the file only, and then only as the file that holds them.
struct OptionSpec {
    std::string_view name;          ///< "redis": the long option
    char letter = 0;                ///< 'q'; 0: none
    std::string_view valueName{};   ///< "URL"; empty: a flag
    std::string_view help{};        ///< one line; empty: not on the command line
    std::string_view environment{}; ///< "INSITECACHE_REDIS_URL"; empty: none
    std::string_view fileKey{};     ///< "redis.url"; empty: not in the file
    bool path = false;              ///< a relative path in the file is relative to the file
};

/// Every setting of that program, in the order of its help.
const std::vector<OptionSpec> &settingSpecs(Program program);

/// "  --redis URL|none        Redis …" line by line, for those on the command line.
std::string optionHelp(const std::vector<OptionSpec> &specs);

/// Every setting with its names in the file, the environment and on the command line.
std::string settingsHelp();

} // namespace insitecache
