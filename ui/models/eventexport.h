// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QByteArray>

#include <insitecache/monitor/event.h>

/// Events as files for other programs: stable English words, base units, foreign text as it is.
namespace insitecache {

/// As in the log of events.
QByteArray eventsAsJsonLines(const std::vector<EventPtr> &events);
/// With a byte order mark and a line of titles; time in ISO 8601 with its offset and in milliseconds since 1970.
QByteArray eventsAsCsv(const std::vector<EventPtr> &events);

} // namespace insitecache
