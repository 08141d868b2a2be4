// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "contest.h"

namespace insitecache::bench {

/// Ours first. Peers in another language are there when the build found what runs them.
std::vector<Contestant> speedContestants(const QString &workloadFile);
std::vector<Contestant> memoryContestants();
std::vector<Contestant> tieredContestants(const std::string &redisUrl);

} // namespace insitecache::bench
