// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/upstreamsettings.h"

#include <QCryptographicHash>
#include <QFileInfo>

#include "settings/printable.h"
#include "settings/secretfile.h"
#include "settings/urls.h"

namespace insitecache {

namespace {

struct UpstreamChoice {
    UpstreamKind kind;
    bool isExplicit; ///< not merely a described provider
    SettingLayers::Found found;
};

constexpr std::string_view upstreamProviderNames[]
    = {"yahoo-url", "reddit-url", "reddit-auth-url", "reddit-client-id", "reddit-secret-file", "x-url", "x-token-file"};

bool upstreamIsOn(const SettingLayers::Found &found)
{
    const auto on = parseSwitch(found.setting.text);
    return found.setting.text.empty() || !on || *on;
}

std::vector<UpstreamChoice> upstreamChoices(const SettingLayers &layers)
{
    std::vector<UpstreamChoice> choices;
    const auto consider = [&](std::string_view name, UpstreamKind kind, bool isFlag, bool isExplicit) {
        const auto found = layers.find(name);
        if (found && (!isFlag || upstreamIsOn(*found)))
            choices.push_back({kind, isExplicit, *found});
    };
    consider("demo", UpstreamKind::Demo, true, true);
    consider("recordings", UpstreamKind::Recordings, false, true);
    consider("live", UpstreamKind::Network, true, true);
    for (const std::string_view name : upstreamProviderNames)
        consider(name, UpstreamKind::Network, false, false);
    return choices;
}

bool upstreamIsBetter(const UpstreamChoice &a, const UpstreamChoice &b)
{
    return a.found.layer != b.found.layer ? a.found.layer > b.found.layer : a.isExplicit && !b.isExplicit;
}

bool upstreamsContradict(const UpstreamChoice &a, const UpstreamChoice &b)
{
    if (a.kind == b.kind || a.found.layer != b.found.layer)
        return false;
    return a.found.layer == Layer::CommandLine || a.isExplicit == b.isExplicit;
}

std::optional<UpstreamKind> chooseUpstream(SettingReader &reader, const SettingLayers &layers)
{
    const UpstreamChoice *best = nullptr;
    const std::vector<UpstreamChoice> choices = upstreamChoices(layers);
    for (const UpstreamChoice &choice : choices) {
        if (!best || upstreamIsBetter(choice, *best))
            best = &choice;
    }
    for (const UpstreamChoice &choice : choices) {
        if (best && upstreamsContradict(choice, *best))
            reader.reject({ErrorCode::InvalidArgument,
                best->found.setting.origin + " and " + choice.found.setting.origin + " name different upstreams",
                "give only one of them"});
    }
    return best ? std::optional<UpstreamKind>(best->kind) : std::nullopt;
}

void readSecret(SettingReader &reader, std::string_view name, QString &target)
{
    reader.read(name, target, [](const std::string &path) -> Result<QString> {
        auto secret = readSecretFile(path);
        return secret ? Result<QString>(QString::fromStdString(*secret)) : tl::unexpected(secret.error());
    });
}

void readProviders(SettingReader &reader, const SettingLayers &layers, UpstreamOptions &options)
{
    reader.read("yahoo-url", options.yahooUrl, parseProviderUrl);
    reader.read("reddit-url", options.redditUrl, parseProviderUrl);
    reader.read("x-url", options.xUrl, parseProviderUrl);
    if (layers.find("yahoo-url"))
        options.yahooCookieUrl = options.yahooUrl;
    if (layers.find("reddit-url"))
        options.redditAuthUrl = options.redditUrl;
    reader.read("yahoo-cookie-url", options.yahooCookieUrl, parseProviderUrl);
    reader.read("reddit-auth-url", options.redditAuthUrl, parseProviderUrl);
    reader.text("reddit-client-id", options.redditClientId);
    readSecret(reader, "reddit-secret-file", options.redditClientSecret);
    readSecret(reader, "x-token-file", options.xBearerToken);
    reader.text("user-agent", options.userAgent);
    reader.duration("upstream-deadline", options.deadline);
    if (Status ok = options.validate(); !ok)
        reader.reject(ok.error());
}

void readDemo(SettingReader &reader, DemoUpstreamOptions &demo)
{
    reader.count("demo-seed", demo.seed);
    reader.duration("demo-latency", demo.behaviour.latency);
    reader.number("demo-error-rate", demo.behaviour.errorRate);
    if (demo.behaviour.errorRate < 0 || demo.behaviour.errorRate > 1)
        reader.reject({ErrorCode::InvalidArgument, "demo.error-rate is out of range", "use 0 … 1"});
}

std::string upstreamShortHash(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(12).toStdString();
}

std::string demoSpace(const Settings &settings)
{
    const std::uint64_t seed = settings.demo.seed;
    return seed == DemoUpstreamOptions().seed ? "demo" : "demo-" + std::to_string(seed);
}

std::string recordedSpace(const Settings &settings)
{
    const QFileInfo folder(QString::fromStdString(settings.recordings));
    const QString canonical = folder.canonicalFilePath();
    return "rec-" + upstreamShortHash((canonical.isEmpty() ? folder.absoluteFilePath() : canonical).toUtf8());
}

std::string networkSpace(const Settings &settings)
{
    const auto urls = [](const UpstreamOptions &o) {
        return (o.yahooUrl.toEncoded() + ' ' + o.redditUrl.toEncoded() + ' ' + o.xUrl.toEncoded());
    };
    const QByteArray named = urls(settings.upstreams);
    return named == urls(UpstreamOptions()) ? "live" : "net-" + upstreamShortHash(named);
}

} // namespace

void readUpstream(SettingReader &reader, const SettingLayers &layers, Settings &settings)
{
    settings.upstream = chooseUpstream(reader, layers).value_or(UpstreamKind::Demo);
    switch (settings.upstream) {
    case UpstreamKind::Demo:
        readDemo(reader, settings.demo);
        settings.space = demoSpace(settings);
        break;
    case UpstreamKind::Recordings:
        reader.text("recordings", settings.recordings);
        settings.space = recordedSpace(settings);
        break;
    case UpstreamKind::Network:
        readProviders(reader, layers, settings.upstreams);
        settings.space = networkSpace(settings);
        break;
    }
}

} // namespace insitecache
