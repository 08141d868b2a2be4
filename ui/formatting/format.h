// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <insitecache/base/clock.h>
#include <insitecache/cache/lookup.h>
#include <insitecache/metrics/metrics.h>

/// Numbers into words, in the chosen language (QLocale default). Pure functions, GUI thread.
namespace insitecache::format {

QString count(quint64 n);              ///< 20,411
QString percent(double ratio);         ///< 0.831 → 83.1%
QString millis(double ms);             ///< 0.02 ms, 12.4 ms, 1.2 s
QString bytes(quint64 bytes);          ///< 42 KiB, binary units
QString duration(Millis left);         ///< 04:51, 1:04:51, 3d 04:05 (일); rounded up, 00:00 at or below zero
QString ttl(Millis left);              ///< as duration(); at or below zero: "expired"
QString ago(Millis since);             ///< 12 s ago
QString timeOfDay(WallTime time);      ///< local HH:mm:ss, with the date when not today
QString outcome(Outcome outcome);      ///< 적중, 미스, …
QString missReason(MissReason reason); ///< cold, expired, …
QString error(const Error &error);     ///< translated cause class, then the raw detail; plain text
QString stage(Stage stage);            ///< "L1", "L2", "L3", "API"

} // namespace insitecache::format
