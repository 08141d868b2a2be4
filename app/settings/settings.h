// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <insitecache/cache/policy.h>
#include <insitecache/cache/preload.h>
#include <insitecache/monitor/monitor.h>
#include <insitecache/sources/demoupstream.h>
#include <insitecache/sources/upstreams.h>
#include <insitecache/tiers/tieroptions.h>

#include "settings/arguments.h"
#include "settings/configfile.h"

namespace insitecache {

enum class UpstreamKind { Demo, Recordings, Network };

/// One setting as it came out, for people: `origin` is "--redis", "INSITECACHE_REDIS_URL", "/…/config.toml:3" or
/// "default". Never a secret: of those only the name of their file.
struct EffectiveValue {
    std::string name, value, origin;
};

/// What only the dashboard has.
struct DashboardSettings {
    std::string page = "overview";   ///< overview | entries | dependencies | lookups | events
    std::string language = "system"; ///< ko | en | system
    std::string theme = "system";    ///< light | dark | system
    SeriesRange range = SeriesRange::Minutes5;
    std::optional<WorkloadSpec> workload; ///< as asked for; the demo may start one of its own when absent
    bool workloadOff = false;             ///< --workload none
    std::string screenshot;               ///< save the window there after `after`, then exit 0
    Millis after{10'000};
};

/// Everything a program is told from outside, checked and typed: command line, then environment, then policies.toml
/// (what `policies set` wrote), then the configuration file (which is never written), then defaults. Both programs use
/// it. A value type, no threads.
struct Settings {
    std::string configFile; ///< empty: none was read
    std::string profile;
    bool readOnly = false, json = false, noInput = false, quiet = false;
    int verbose = 0;

    MemoryTierOptions memory;
    PreloadOptions preload;                      ///< the dashboard's; Session names the file
    std::optional<RedisTierOptions> redis;       ///< a Redis that somebody named
    bool redisOff = false;                       ///< `--redis none`
    bool privateRedis = false;                   ///< start one of our own when none is named: the dashboard, `bench`
    std::optional<DatabaseTierOptions> database; ///< none: `--database none`
    bool databaseNamed = false;                  ///< false: the default file in the cache directory

    UpstreamKind upstream = UpstreamKind::Demo;
    std::string recordings;    ///< directory, for UpstreamKind::Recordings
    UpstreamOptions upstreams; ///< for UpstreamKind::Network, secrets included
    DemoUpstreamOptions demo;
    std::string space; ///< answers of different upstreams never meet: "demo", "live", "rec-…", "net-…"

    std::string stateDirectory;   ///< where journals live; empty: there are none
    std::string runtimeDirectory; ///< where a private Redis lives; empty: the directory for temporary files

    std::vector<Policy> policies;    ///< what the files change or add, complete policies
    ConfigFile::Flat configPolicies; ///< those of the configuration file alone, as they stand there
    std::string policyFile;          ///< policies.toml, whether it is there or not; empty: there is no place for it
    DashboardSettings dashboard;

    std::vector<EffectiveValue> effective; ///< by name
    std::vector<std::string> notices;      ///< one line each: odd, but not an error

    /// Where variables come from; tests give their own.
    using Environment = std::function<std::optional<std::string>(const char *name)>;
    static Environment processEnvironment();

    /// Errors: InvalidArgument (a bad value, naming where it stands), Io (a file that cannot be read),
    /// Corrupt (policies.toml does not hold policies).
    static Result<Settings> load(Program program, const Arguments &arguments, const Environment &environment);
};

/// What the dashboard's main() needs, in one call. With `arguments.help` or `.version` set, nothing was loaded.
struct DashboardLaunch {
    Arguments arguments;
    Settings settings;
};
Result<DashboardLaunch> launchDashboard(int argc, const char *const *argv);
/// The text of `insitecache-dashboard --help`.
std::string dashboardHelp();
/// "insitecache-dashboard 0.1.0"
std::string versionLine(Program program);

} // namespace insitecache
