// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

namespace {

Status positive(Millis value, const char *name)
{
    if (value > Millis::zero())
        return {};
    return fail(ErrorCode::InvalidArgument, std::string(name) + " must be more than 0 ms");
}

} // namespace

Status MemoryTierOptions::validate() const
{
    if (maxBytes > 0 && maxEntryBytes > maxBytes && maxBytes < 16384)
        return fail(ErrorCode::InvalidArgument, "the memory tier has " + std::to_string(maxBytes) + " bytes",
            "give it at least 16 KiB, or 0 to switch it off");
    return {};
}

Status RedisTierOptions::validate() const
{
    if (url.empty())
        return fail(ErrorCode::InvalidArgument, "the Redis URL is empty", "use redis://host:6379/0 or unix:/path");
    if (prefix.empty())
        return fail(ErrorCode::InvalidArgument, "the Redis key prefix is empty", "name one, e.g. ic:");
    if (Status ok = positive(connectTimeout, "the Redis connect timeout"); !ok)
        return ok;
    return positive(commandTimeout, "the Redis command timeout");
}

Status DatabaseTierOptions::validate() const
{
    if (url.empty())
        return fail(ErrorCode::InvalidArgument, "the database URL is empty", "use sqlite:/path");
    if (Status ok = positive(purgeInterval, "the purge interval"); !ok)
        return ok;
    return positive(busyTimeout, "the database busy timeout");
}

} // namespace insitecache
