// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include <QString>

class QSqlQuery;

namespace insitecache {

/// How many keys one statement names: below SQLite's oldest limit of 999 bound values.
inline constexpr std::size_t keysPerStatement = 500;

/// "?,?,?": for IN (…).
QString sqlMarks(std::size_t count);

/// Binds the two ends of `column >= CAST(? AS TEXT) AND column < CAST(? AS TEXT)`, so that it takes every text that
/// starts with the prefix.
void bindPrefixRange(QSqlQuery &query, const std::string &prefix);

} // namespace insitecache
