// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

/// Comma-separated values as RFC 4180 has them, for spreadsheets. Pure functions, any thread.
namespace insitecache::csv {

/// What a file starts with, so that it is read as UTF-8.
inline constexpr char byteOrderMark[] = "\xEF\xBB\xBF";
/// One line with its end. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
QByteArray row(const QStringList &cells);

} // namespace insitecache::csv
