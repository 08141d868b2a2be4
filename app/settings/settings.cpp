// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

#include <algorithm>

#include <QFileInfo>

#include <insitecache/monitor/systemmemory.h>

#include "settings/effectivevalues.h"
#include "settings/policysettings.h"
#include "settings/printable.h"
#include "settings/secretfile.h"
#include "settings/settingreader.h"
#include "settings/upstreamsettings.h"
#include "settings/urls.h"
#include "settings/xdgpaths.h"

namespace insitecache {

namespace {

std::vector<std::string> settingsSharedTypes(const std::vector<Policy> &changed)
{
    std::vector<std::string> types;
    for (const std::vector<Policy> &policies : {PolicyRegistry::builtIn(), changed}) {
        for (const Policy &policy : policies) {
            if (policy.l3IsTruth && std::find(types.begin(), types.end(), policy.type) == types.end())
                types.push_back(policy.type);
        }
    }
    return types;
}

void readFlags(SettingReader &reader, const Arguments &arguments, Settings &settings)
{
    reader.flag("read-only", settings.readOnly);
    settings.json = arguments.has("json");
    settings.noInput = arguments.has("no-input");
    settings.quiet = arguments.has("quiet");
    settings.verbose = arguments.count("verbose");
}

Result<std::string> readableFile(const std::string &path)
{
    if (const QFileInfo file(QString::fromStdString(path)); file.isFile() && file.isReadable())
        return path;
    return fail(ErrorCode::Io, "the file " + printable(path) + " cannot be read", "check its name and permissions");
}

void readRedis(SettingReader &reader, Settings &settings)
{
    std::string url;
    reader.checked("redis", url, [](std::string_view text) { return text == "none" ? Status() : checkRedisUrl(text); });
    settings.redisOff = url == "none";
    if (url.empty() || settings.redisOff)
        return;
    RedisTierOptions redis;
    redis.url = url;
    reader.read("redis-password-file", redis.passwordFile, [](const std::string &path) -> Result<std::string> {
        const auto secret = readSecretFile(path);
        return secret ? Result<std::string>(path) : tl::unexpected(secret.error());
    });
    reader.read("redis-ca-file", redis.caFile, readableFile);
    reader.text("redis-prefix", redis.prefix);
    reader.duration("redis-connect-timeout", redis.connectTimeout);
    reader.duration("redis-command-timeout", redis.commandTimeout);
    if (Status ok = redis.validate(); !ok)
        reader.reject(ok.error());
    settings.redis = redis;
}

void readDatabase(SettingReader &reader, const XdgPaths &paths, Settings &settings)
{
    std::string url;
    reader.checked(
        "database", url, [](std::string_view text) { return text == "none" ? Status() : checkDatabaseUrl(text); });
    if (url == "none")
        return;
    settings.databaseNamed = !url.empty();
    DatabaseTierOptions database;
    database.url = settings.databaseNamed ? url : "sqlite:" + paths.cache + "/cache.db";
    if (!settings.databaseNamed && paths.cache.empty()) {
        settings.notices.push_back("L3 is off: neither XDG_CACHE_HOME nor HOME is set; name a file with --database");
        return;
    }
    settings.database = database;
}

/// Three tenths of what there is. L1 names entries by 32 bits, which reach 32 GiB; a quarter of it for odd sizes.
std::uint64_t memoryUnlessTold()
{
    constexpr std::uint64_t most = 24ull << 30;
    const std::uint64_t all = systemMemoryBytes();
    return all > 0 ? std::min(all / 10 * 3, most) : MemoryTierOptions().maxBytes;
}

void readMemory(SettingReader &reader, MemoryTierOptions &memory)
{
    memory.maxBytes = memoryUnlessTold();
    reader.bytes("memory-max-bytes", memory.maxBytes);
    reader.count("memory-max-entries", memory.maxEntries);
    reader.bytes("memory-max-entry-bytes", memory.maxEntryBytes);
    if (Status ok = memory.validate(); !ok)
        reader.reject(ok.error());
}

Result<SeriesRange> parseRange(const std::string &text)
{
    constexpr std::pair<std::string_view, SeriesRange> ranges[]
        = {{"1m", SeriesRange::Minute1}, {"5m", SeriesRange::Minutes5}, {"15m", SeriesRange::Minutes15},
            {"1h", SeriesRange::Hour1}, {"6h", SeriesRange::Hours6}};
    for (const auto &[name, range] : ranges) {
        if (name == text)
            return range;
    }
    return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is not a range", "use 1m, 5m, 15m, 1h or 6h");
}

void readDashboard(SettingReader &reader, DashboardSettings &dashboard)
{
    reader.word("page", dashboard.page, {"overview", "entries", "dependencies", "deps", "lookups", "events"});
    if (dashboard.page == "deps")
        dashboard.page = "dependencies";
    reader.word("lang", dashboard.language, {"ko", "en", "system"});
    reader.word("theme", dashboard.theme, {"light", "dark", "system"});
    reader.read("range", dashboard.range, parseRange);
    reader.read("workload", dashboard.workload, [&](const std::string &text) -> Result<std::optional<WorkloadSpec>> {
        dashboard.workloadOff = text == "none";
        if (dashboard.workloadOff)
            return std::optional<WorkloadSpec>();
        auto spec = WorkloadSpec::parse(text);
        return spec ? Result<std::optional<WorkloadSpec>>(*spec) : tl::unexpected(spec.error());
    });
    reader.text("screenshot", dashboard.screenshot);
    reader.duration("after", dashboard.after);
}

Status preloadPart(PreloadOptions &preload, std::string_view part)
{
    if (part == "hottest" || part == "next")
        (part == "next" ? preload.next : preload.hottest) = true;
    else if (part != "none")
        return fail(ErrorCode::InvalidArgument, inQuotes(part) + " cannot be preloaded", "name hottest, next or none");
    return {};
}

void readPreload(SettingReader &reader, PreloadOptions &preload)
{
    reader.read("preload", preload, [](const std::string &list) -> Result<PreloadOptions> {
        PreloadOptions wanted;
        for (const QString &part : QString::fromStdString(list).split(u',')) {
            if (Status ok = preloadPart(wanted, part.trimmed().toStdString()); !ok)
                return tl::unexpected(ok.error());
        }
        return wanted;
    });
    std::uint64_t keys = preload.keys;
    reader.count("preload-keys", keys);
    preload.keys = static_cast<std::size_t>(keys);
    reader.number("preload-quota-share", preload.quotaShare);
    PreloadOptions numbers = preload;
    numbers.hottest = false; // its file is named later
    if (Status ok = numbers.validate(); !ok)
        reader.reject(ok.error());
}

void shareSpaces(Settings &settings)
{
    const std::vector<std::string> shared = settingsSharedTypes(settings.policies);
    if (settings.redis) {
        settings.redis->space = settings.space;
        settings.redis->sharedTypes = shared;
    }
    if (settings.database) {
        settings.database->space = settings.space;
        settings.database->sharedTypes = shared;
    }
}

} // namespace

Settings::Environment Settings::processEnvironment()
{
    return [](const char *name) {
        return qEnvironmentVariableIsSet(name) ? std::optional<std::string>(qgetenv(name).toStdString()) : std::nullopt;
    };
}

Result<Settings> Settings::load(Program program, const Arguments &arguments, const Environment &environment)
{
    const auto layers = SettingLayers::read(program, arguments, environment);
    if (!layers)
        return tl::unexpected(layers.error());
    Settings settings;
    const XdgPaths paths = XdgPaths::from(environment);
    settings.configFile = layers->configFile();
    settings.policyFile = layers->policyFile();
    settings.profile = layers->profile();
    settings.stateDirectory = paths.state;
    settings.runtimeDirectory = environment("XDG_RUNTIME_DIR").value_or("");
    settings.privateRedis = program == Program::Dashboard;
    SettingReader reader(*layers);
    readFlags(reader, arguments, settings);
    readMemory(reader, settings.memory);
    readRedis(reader, settings);
    readDatabase(reader, paths, settings);
    readUpstream(reader, *layers, settings);
    if (program == Program::Dashboard) {
        readDashboard(reader, settings.dashboard);
        readPreload(reader, settings.preload);
    }
    if (!reader.status())
        return tl::unexpected(reader.status().error());
    auto policies = policiesFrom(layers->policies());
    if (!policies)
        return tl::unexpected(policies.error());
    settings.policies = std::move(*policies);
    settings.configPolicies = layers->configPolicies();
    shareSpaces(settings);
    settings.effective = effectiveValues(program, *layers, settings);
    return settings;
}

} // namespace insitecache
