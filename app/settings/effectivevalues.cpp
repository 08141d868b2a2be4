// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/effectivevalues.h"

#include <algorithm>

#include "settings/quantities.h"

namespace insitecache {

namespace {

std::string urlText(const QUrl &url)
{
    return url.toString().toStdString();
}

/// What holds where nobody said anything; empty: nothing does.
std::string effectiveDefault(std::string_view name, const Settings &settings)
{
    const RedisTierOptions redis;
    if (name == "redis")
        return settings.privateRedis ? "a private one" : "none";
    if (name == "redis-prefix")
        return redis.prefix;
    if (name == "redis-connect-timeout")
        return durationText(redis.connectTimeout);
    if (name == "redis-command-timeout")
        return durationText(redis.commandTimeout);
    if (name == "database")
        return settings.database ? settings.database->url : "none";
    if (name == "memory-max-bytes")
        return std::to_string(settings.memory.maxBytes);
    if (name == "memory-max-entries")
        return std::to_string(settings.memory.maxEntries);
    if (name == "memory-max-entry-bytes")
        return std::to_string(settings.memory.maxEntryBytes);
    if (name == "yahoo-url")
        return urlText(settings.upstreams.yahooUrl);
    if (name == "reddit-url")
        return urlText(settings.upstreams.redditUrl);
    if (name == "x-url")
        return urlText(settings.upstreams.xUrl);
    if (name == "upstream-deadline")
        return durationText(settings.upstreams.deadline);
    if (name == "demo-seed")
        return std::to_string(settings.demo.seed);
    if (name == "demo-latency")
        return durationText(settings.demo.behaviour.latency);
    if (name == "demo")
        return settings.upstream == UpstreamKind::Demo ? "true" : "false";
    return name == "read-only" ? "false" : std::string();
}

} // namespace

std::vector<EffectiveValue> effectiveValues(Program program, const SettingLayers &layers, const Settings &settings)
{
    std::vector<EffectiveValue> values;
    for (const OptionSpec &spec : settingSpecs(program)) {
        if (spec.environment.empty() && spec.fileKey.empty())
            continue;
        const auto found = layers.find(spec.name);
        const std::string value = !found  ? effectiveDefault(spec.name, settings)
            : found->setting.text.empty() ? std::string("true")
                                          : found->setting.text;
        if (!value.empty())
            values.push_back({std::string(spec.name), value, found ? found->setting.origin : "default"});
    }
    for (const auto &[name, setting] : layers.policies())
        values.push_back({name, setting.text, setting.origin});
    std::sort(values.begin(), values.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    return values;
}

} // namespace insitecache
