// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "models/entryarrangement.h"

/// The words of the entries table. Pure functions, GUI thread.
namespace insitecache {

QString entryColumnTitle(EntryColumn column);
/// What a cell shows; for painted cells the same in characters: "●◆–".
QString entryText(const EntryRow &row, const EntryMoment &moment, EntryColumn column);
/// What a cell says aloud: "L1 present, L2 absent, L3 present".
QString entryAccessibleText(const EntryRow &row, const EntryMoment &moment, EntryColumn column);
/// Plain text, but for what a tool tip would take for markup; empty where the cell says it all.
QString entryToolTip(const EntryRow &row, const EntryMoment &moment, EntryColumn column);

/// Text for a tool tip, which takes what looks like markup for rich text.
QString plainToolTip(const QString &text);
/// "stock" → the word for it in the reader's language; a type of one's own stays as it is.
QString typeTitle(const QString &type);
/// One row as one JSON object: `{"key":"stock:AAPL","tiers":{"L1":{…}},…}`, times in ISO 8601, bytes, milliseconds.
QByteArray entryJson(const EntryRow &row, const EntryMoment &moment);

} // namespace insitecache
