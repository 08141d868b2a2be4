// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QJsonObject>
#include <QString>

#include <insitecache/cache/lookup.h>

namespace insitecache {

/// {"code","message"[,"hint"][,"retryAfterMs"]}
QJsonObject errorJson(const Error &error);
/// One element of `get --json`'s results.
QJsonObject lookupJson(const Lookup &lookup);
/// {"results":[…]}
QJsonObject lookupsJson(const std::vector<Lookup> &lookups);
/// ISO 8601 UTC with milliseconds.
QString timeJson(WallTime time);
QString textJson(std::string_view utf8);

} // namespace insitecache
