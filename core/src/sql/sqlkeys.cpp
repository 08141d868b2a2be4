// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sqlkeys.h"

#include <QByteArray>
#include <QSqlQuery>
#include <QVariant>

namespace insitecache {

QString sqlMarks(std::size_t count)
{
    return QStringLiteral("?,").repeated(static_cast<qsizetype>(count)).chopped(1);
}

// 0xFF never occurs in UTF-8, so prefix + 0xFF is above every text that starts with the prefix. A null array would be
// bound as NULL.
void bindPrefixRange(QSqlQuery &query, const std::string &prefix)
{
    const QByteArray low = QByteArray::fromStdString(prefix);
    query.addBindValue(low.isNull() ? QByteArray("") : low);
    query.addBindValue(low + '\xFF');
}

} // namespace insitecache
