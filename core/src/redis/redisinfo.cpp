// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisinfo.h"

#include <charconv>

namespace insitecache {

namespace {

std::uint64_t redisInfoNumber(std::string_view text, std::string_view label)
{
    const std::size_t at = text.find(label);
    if (at == std::string_view::npos)
        return 0;
    std::uint64_t number = 0;
    text.remove_prefix(at + label.size());
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string_view redisInfoText(std::string_view text, std::string_view label)
{
    const std::size_t at = text.find(label);
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + label.size());
    return text.substr(0, text.find_first_of("\r\n"));
}

} // namespace

std::string redisInfoServer(std::string_view info)
{
    std::string server;
    if (const std::string_view version = redisInfoText(info, "\nredis_version:"); !version.empty())
        server = "version " + std::string(version);
    if (const std::string_view policy = redisInfoText(info, "\nmaxmemory_policy:"); !policy.empty())
        server += (server.empty() ? "maxmemory-policy " : ", maxmemory-policy ") + std::string(policy);
    return server;
}

void readRedisInfo(std::string_view info, int database, TierUsage &usage)
{
    usage.bytes = redisInfoNumber(info, "\nused_memory:");
    usage.evictions = redisInfoNumber(info, "\nevicted_keys:");
    usage.expirations = redisInfoNumber(info, "\nexpired_keys:");
    usage.entries = redisInfoNumber(info, "\ndb" + std::to_string(database) + ":keys=");
}

std::string redisRunId(std::string_view info)
{
    constexpr std::string_view label = "\nrun_id:";
    const std::size_t at = info.find(label);
    if (at == std::string_view::npos)
        return {};
    info.remove_prefix(at + label.size());
    return std::string(info.substr(0, info.find_first_of("\r\n")));
}

} // namespace insitecache
