// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string>
#include <string_view>

#include <insitecache/tiers/tier.h>

namespace insitecache {

/// Reads an INFO reply. The figures are the whole server's and the whole database's, not only ours: counting ours
/// would mean scanning. Fills entries, bytes, evictions and expirations.
void readRedisInfo(std::string_view info, int database, TierUsage &usage);
/// The run_id line of INFO server, empty when there is none.
std::string redisRunId(std::string_view info);
/// What kind of server it is: "version 7.0.15, maxmemory-policy noeviction"; what INFO does not tell is left out.
std::string redisInfoServer(std::string_view info);

} // namespace insitecache
