// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <insitecache/base/error.h>

#include "figures.h"

namespace insitecache::bench {

/// 10,000 values of 1 KiB are in Redis, and each is read once by whoever does not hold it yet.
constexpr std::size_t tieredKeyCount = 10'000;
constexpr std::size_t tieredValueBytes = 1'024;

/// Whole lookups through engines that start with an empty L1, so that each is found in L2 and copied up; and reads that
/// hit L1, bare and through the coordinator. `url` as in RedisTierOptions. Errors: what the engine says; NotFound when
/// an answer came from elsewhere.
Result<Figures> measureOurTiers(const std::string &url);
/// GETs of hiredis on the same server, which copies nothing up. `url` is unix:/path.
Result<Figures> measureHiredis(const std::string &url);

} // namespace insitecache::bench
