// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/doctorchecks.h"

#include "cli/humanformat.h"

namespace insitecache {

namespace {

using enum Check::Status;

Check memoryCheck(const Settings &settings, const std::optional<TierUsage> &usage)
{
    Check check{"L1", Ok, "memory, up to " + sizeShown(settings.memory.maxBytes)};
    if (settings.memory.maxEntries > 0)
        check.detail += " and " + std::to_string(settings.memory.maxEntries) + " entries";
    if (!usage || !usage->up) {
        check.status = Fail;
        return check;
    }
    if (const std::string excess = excessOfGuarantees(settings.policies, settings.memory.maxBytes); !excess.empty())
        return {"L1", Warn, excess, "lower l1-bytes of some types, or raise memory.max-bytes"};
    return check;
}

Check redisCheck(const Session &session, const std::optional<TierUsage> &usage, Duration took)
{
    if (session.redisUrl().empty()) {
        if (session.settings().redisOff)
            return {"L2", Ok, "switched off"};
        return {"L2", Warn, "off: no Redis is named", "name one with --redis, or say --redis none"};
    }
    if (usage && usage->up)
        return {"L2", Ok,
            usage->detail + ", answered in " + spanShown(took) + ", " + std::to_string(usage->entries) + " entries, "
                + sizeShown(usage->bytes)};
    return {"L2", Fail, usage ? usage->detail : "no answer", "is the Redis server running at this address?", true};
}

Check databaseCheck(const Session &session, const std::optional<TierUsage> &usage)
{
    if (session.databaseError())
        return {"L3", Fail, session.databaseError()->message, session.databaseError()->hint, true};
    if (!session.hasDatabase())
        return {"L3", Warn, "switched off; preferences cannot be kept", "name a file with --database sqlite:/path"};
    if (usage && usage->up)
        return {
            "L3", Ok, usage->detail + ", " + std::to_string(usage->entries) + " entries, " + sizeShown(usage->bytes)};
    return {"L3", Fail, usage ? usage->detail : "no answer", "check the file and its permissions", true};
}

std::string_view credentialHint(std::string_view source)
{
    if (source == "reddit")
        return "set INSITECACHE_REDDIT_CLIENT_ID and INSITECACHE_REDDIT_SECRET_FILE";
    return source == "x" ? "set INSITECACHE_X_TOKEN_FILE" : "";
}

} // namespace

std::string_view checkStatusName(Check::Status status)
{
    return status == Ok ? "ok" : status == Warn ? "warn" : "fail";
}

Check checkConfiguration(const Settings &settings)
{
    if (settings.configFile.empty())
        return {"settings", Ok, "no configuration file, defaults hold"};
    return {"settings", Ok,
        settings.configFile + (settings.profile.empty() ? std::string() : ", profile " + settings.profile)};
}

Check checkUpstreamChoice(const Settings &settings)
{
    switch (settings.upstream) {
    case UpstreamKind::Demo: return {"upstream", Ok, "the built-in demo, space " + settings.space};
    case UpstreamKind::Recordings:
        return {"upstream", Ok, "recordings in " + settings.recordings + ", space " + settings.space};
    case UpstreamKind::Network: break;
    }
    return {"upstream", Ok, "the network, space " + settings.space};
}

Check checkTier(Stage stage, const Session &session, const EngineState &state)
{
    const auto index = static_cast<std::size_t>(stage);
    switch (stage) {
    case Stage::L1: return memoryCheck(session.settings(), state.tiers[index]);
    case Stage::L2: return redisCheck(session, state.tiers[index], state.answeredIn[index]);
    default: return databaseCheck(session, state.tiers[index]);
    }
}

Check checkSource(const SourceStatus &source)
{
    if (!source.configured)
        return {source.name, Warn, "not set up", std::string(credentialHint(source.name))};
    const bool away = source.networkErrors > 0 || source.serverErrors > 0 || source.rateLimited > 0 || source.frozenFor;
    if (!source.lastError.empty())
        return {source.name, away ? Fail : Warn, source.lastError, {}, away};
    std::string detail = std::to_string(source.requests) + " requests";
    if (source.quotaRemaining)
        detail += ", " + percentShown(*source.quotaRemaining) + " of the quota left";
    return {source.name, Ok, detail};
}

Check checkProbe(const Lookup &lookup)
{
    const std::string name = lookup.key.text();
    if (lookup.hasValue())
        return {name, Ok, "answered in " + spanShown(lookup.total)};
    if (lookup.negative || (lookup.error && lookup.error->code == ErrorCode::NotFound))
        return {name, Ok, "answered in " + spanShown(lookup.total) + ": there is none"};
    const Error error = lookup.error.value_or(Error{ErrorCode::Internal, "no answer"});
    const Check::Status status = error.code == ErrorCode::Unconfigured ? Warn : Fail;
    const bool away = error.code != ErrorCode::BadResponse && error.code != ErrorCode::TooLarge
        && error.code != ErrorCode::Internal;
    return {name, status, error.message, error.hint, away};
}

} // namespace insitecache
