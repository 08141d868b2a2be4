// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include <QSqlDatabase>
#include <QString>

namespace insitecache {

/// Copies into `database` every entry of the damaged file that can still be read and passes its checksum, and returns
/// how many. What cannot be read is left out silently: the damaged file stays where it is.
/// Blocks; the thread of `database`.
std::uint64_t salvageRows(QSqlDatabase &database, const QString &damagedFile);

} // namespace insitecache
