// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QJsonObject>

#include "contest.h"

namespace insitecache::bench {

/// One block for each figure: of each contestant the median, and the lowest and highest of all rounds.
std::string tableOf(const std::vector<Record> &records);
/// {"<figure>": {"title", "peers": {"<name>": {"median", "lowest", "highest", "values": […]}}}}
QJsonObject jsonOf(const std::vector<Record> &records);

} // namespace insitecache::bench
