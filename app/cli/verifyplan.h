// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <insitecache/cache/engine.h>

#include "settings/arguments.h"
#include "settings/settings.h"

namespace insitecache {

enum class VerifyFault { RedisKill, RedisStop, LinkCut };
std::string_view verifyFaultName(VerifyFault fault);

/// What a run of `verify` is to do.
struct VerifyOptions {
    int processes = 4;      ///< 1 … 16
    double seconds = 10;    ///< 0.5 … 3600
    std::uint64_t seed = 0; ///< of chance; from the system when not given
    std::vector<VerifyFault> faults;
    std::optional<Millis> bound; ///< how long another process may be late; by what they share when not given

    /// Errors: InvalidArgument, naming the option.
    static Result<VerifyOptions> from(const Arguments &arguments, const Settings &settings);
};

/// What each process of a run is told, in a file of its directory.
struct VerifyPlan {
    std::string directory;
    std::uint64_t seed = 0;
    std::optional<RedisTierOptions> redis;
    std::optional<DatabaseTierOptions> database;

    std::string registerPath() const { return directory + "/register"; }
    std::string historyPath(int process) const { return directory + "/history-" + std::to_string(process); }
    /// Errors: Io.
    Status write() const;
    static Result<VerifyPlan> read(const std::string &directory);
};

/// What `verify` runs as when it is one of its own processes. Its exit code is the program's.
int runVerifyWorker(const VerifyPlan &plan, int process);

} // namespace insitecache
