// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <insitecache/monitor/event.h>

/// Events in words of the chosen language. All of it is plain text, whatever a target or reason contains, and on one
/// line. GUI thread.
namespace insitecache {

QString eventGlyph(EventKind kind);             ///< "▼", "✖"
QString eventName(EventKind kind);              ///< "Invalidation", "Tier down"
QString severitySign(EventSeverity severity);   ///< "ⓘ", "▲", "✖"
QString severityName(EventSeverity severity);   ///< "info", "warning", "error"
QString causeName(EventCause cause);            ///< "by hand", "another process"
QString eventTargetName(const QString &target); ///< names of objectives in words, the rest as it is
QString eventTiers(const Event &event);         ///< "L1 L3"
QString eventTook(const Event &event);          ///< how long it took or lasted; empty: not known
QString eventReason(const Event &event);        ///< why, or what was measured
/// "▼ Invalidation: stock:AAPL · 1 · market holiday".
QString eventWords(const Event &event);
/// What somebody should be told at once: "L2 is back after 00:12."; empty for what is no such news.
QString eventSentence(const Event &event);
/// Is that sentence bad news?
bool isBadNews(EventKind kind);

} // namespace insitecache
