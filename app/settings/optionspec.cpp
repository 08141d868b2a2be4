// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/optionspec.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t optionHelpColumn = 26;

std::vector<OptionSpec> commonSpecs()
{
    return {
        {"config", 0, "FILE", "read settings from FILE instead of $XDG_CONFIG_HOME/insitecache/config.toml",
            "INSITECACHE_CONFIG"},
        {"profile", 0, "NAME", "let the table [profile.NAME] of the file override the rest of it",
            "INSITECACHE_PROFILE", "default-profile"},
        {"redis", 0, "URL|none", "L2: redis://[user@]host:port/db, rediss://…, unix:/path", "INSITECACHE_REDIS_URL",
            "redis.url"},
        {"redis-password-file", 0, "FILE", "", "INSITECACHE_REDIS_PASSWORD_FILE", "redis.password-file", true},
        {"redis-ca-file", 0, "FILE", "", "INSITECACHE_REDIS_CA_FILE", "redis.ca-file", true},
        {"redis-prefix", 0, "TEXT", "", "INSITECACHE_REDIS_PREFIX", "redis.prefix"},
        {"redis-connect-timeout", 0, "TIME", "", "", "redis.connect-timeout"},
        {"redis-command-timeout", 0, "TIME", "", "", "redis.command-timeout"},
        {"database", 0, "URL|none", "L3: sqlite:/path; by default a file in $XDG_CACHE_HOME/insitecache",
            "INSITECACHE_DATABASE_URL", "database.url"},
        {"memory-max-bytes", 0, "SIZE", "", "INSITECACHE_MEMORY_MAX_BYTES", "memory.max-bytes"},
        {"memory-max-entries", 0, "N", "", "", "memory.max-entries"},
        {"memory-max-entry-bytes", 0, "SIZE", "", "", "memory.max-entry-bytes"},
        {"demo", 0, "", "use the built-in demo upstream (the default until a provider is named)", "INSITECACHE_DEMO",
            "upstream.demo"},
        {"demo-seed", 0, "N", "", "INSITECACHE_DEMO_SEED", "demo.seed"},
        {"demo-latency", 0, "TIME", "", "", "demo.latency"},
        {"demo-error-rate", 0, "SHARE", "", "", "demo.error-rate"},
        {"recordings", 0, "DIR", "answer upstream requests from recorded responses, never from the network",
            "INSITECACHE_RECORDINGS", "upstream.recordings", true},
        {"live", 0, "", "", "INSITECACHE_LIVE", "upstream.live"},
        {"yahoo-url", 0, "URL", "base URL of Yahoo Finance; http only to this machine", "INSITECACHE_YAHOO_URL",
            "yahoo.url"},
        {"yahoo-cookie-url", 0, "URL", "", "INSITECACHE_YAHOO_COOKIE_URL", "yahoo.cookie-url"},
        {"reddit-url", 0, "URL", "base URL of Reddit's API", "INSITECACHE_REDDIT_URL", "reddit.url"},
        {"reddit-auth-url", 0, "URL", "base URL of Reddit's login", "INSITECACHE_REDDIT_AUTH_URL", "reddit.auth-url"},
        {"reddit-client-id", 0, "ID", "", "INSITECACHE_REDDIT_CLIENT_ID", "reddit.client-id"},
        {"reddit-secret-file", 0, "FILE", "", "INSITECACHE_REDDIT_SECRET_FILE", "reddit.secret-file", true},
        {"x-url", 0, "URL", "base URL of X's API", "INSITECACHE_X_URL", "x.url"},
        {"x-token-file", 0, "FILE", "", "INSITECACHE_X_TOKEN_FILE", "x.token-file", true},
        {"user-agent", 0, "TEXT", "", "INSITECACHE_USER_AGENT", "upstream.user-agent"},
        {"upstream-deadline", 0, "TIME", "", "", "upstream.deadline"},
        {"read-only", 0, "", "refuse writes and invalidations (exit 5)", "INSITECACHE_READ_ONLY", "read-only"},
        {"json", 0, "", "print one JSON document on stdout and nothing else"},
        {"no-input", 0, "", "never ask"},
        {"quiet", 'q', "", "no notes or warnings on stderr"},
        {"verbose", 'v', "", "say where the parts and settings come from"},
        {"version", 0, "", "print the version"},
        {"help", 'h', "", "print this help"},
    };
}

std::vector<OptionSpec> dashboardSpecs()
{
    std::vector<OptionSpec> specs = {
        {"page", 0, "NAME", "overview, entries, dependencies, lookups or events", "", "dashboard.page"},
        {"lang", 0, "LANG", "ko, en or system", "INSITECACHE_LANG", "dashboard.lang"},
        {"theme", 0, "NAME", "light, dark or system", "INSITECACHE_THEME", "dashboard.theme"},
        {"range", 0, "TIME", "span of the charts: 1m, 5m, 15m, 1h or 6h", "", "dashboard.range"},
        {"workload", 0, "SPEC", "start a workload: rate=200,zipf=1.0,seed=42; none starts nothing", "",
            "dashboard.workload"},
        {"preload", 0, "LIST", "load before anybody asks: hottest (of the last run), next (what usually follows), none",
            "", "dashboard.preload"},
        {"preload-keys", 0, "N", "", "", "dashboard.preload-keys"},
        {"preload-quota-share", 0, "SHARE", "", "", "dashboard.preload-quota-share"},
        {"screenshot", 0, "FILE", "save the window to FILE after --after, then exit"},
        {"after", 0, "TIME", "how long --screenshot waits, 10s by default"},
    };
    const std::vector<OptionSpec> common = commonSpecs();
    // What only a terminal program can do has no meaning in a window.
    std::copy_if(common.begin(), common.end(), std::back_inserter(specs),
        [](const OptionSpec &spec) { return spec.name != "json" && spec.name != "no-input"; });
    return specs;
}

std::size_t optionHelpWidth(std::string_view utf8)
{
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

const std::vector<OptionSpec> &settingSpecs(Program program)
{
    static const std::vector<OptionSpec> commandLine = commonSpecs();
    static const std::vector<OptionSpec> dashboard = dashboardSpecs();
    return program == Program::Dashboard ? dashboard : commandLine;
}

std::string optionHelp(const std::vector<OptionSpec> &specs)
{
    std::string text;
    for (const OptionSpec &spec : specs) {
        if (spec.help.empty())
            continue;
        std::string left = spec.letter ? std::string("  -") + spec.letter + ", --" : std::string("  --");
        left += spec.name;
        if (!spec.valueName.empty())
            left += ' ' + std::string(spec.valueName);
        const std::size_t width = optionHelpWidth(left);
        text += left + std::string(width < optionHelpColumn ? optionHelpColumn - width : 2, ' ');
        text += std::string(spec.help) + '\n';
    }
    return text;
}

std::string settingsHelp()
{
    const auto padded = [](std::string_view text, std::size_t width) {
        return std::string(text) + std::string(text.size() < width ? width - text.size() : 1, ' ');
    };
    std::string text
        = "The file is $XDG_CONFIG_HOME/insitecache/config.toml (TOML), or what --config names; it is only "
          "read.\nThe command line wins over the environment, that over the file.\n\n"
        + padded("in the file", 26) + padded("in the environment", 34) + "on the command line\n";
    for (const OptionSpec &spec : settingSpecs(Program::Dashboard)) {
        if (spec.environment.empty() && spec.fileKey.empty())
            continue;
        const std::string option = spec.help.empty() ? "-" : "--" + std::string(spec.name);
        text += padded(spec.fileKey.empty() ? "-" : spec.fileKey, 26)
            + padded(spec.environment.empty() ? "-" : spec.environment, 34) + option + '\n';
    }
    return text
        + "\n\"redis.url\" stands for url below [redis]. A relative path in the file starts at the file.\n"
          "[policy.TYPE] has ttl, stale, negative-ttl (\"300s\"), jitter, refresh-ahead (0.8), tiers "
          "([\"L1\",\"L3\"]),\n"
          "adaptive-ttl (true), min-ttl, max-ttl, write (\"through\", \"around\", \"behind\") and l1-bytes "
          "(\"64MiB\").\n"
          "[profile.NAME] and the tables below it override all of this for\n"
          "--profile NAME. A secret is never a setting itself: only the file that holds it is named.\n";
}

} // namespace insitecache
