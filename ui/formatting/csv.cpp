// SPDX-License-Identifier: GPL-3.0-or-later
#include "formatting/csv.h"

namespace insitecache::csv {

namespace {

bool looksLikeFormula(const QString &cell)
{
    return !cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front());
}

QString quoted(QString cell)
{
    if (looksLikeFormula(cell))
        cell.prepend(u'\'');
    cell.replace(u'"', QStringLiteral("\"\""));
    return QStringLiteral("\"%1\"").arg(cell);
}

} // namespace

QByteArray row(const QStringList &cells)
{
    QStringList out;
    for (const QString &cell : cells)
        out += quoted(cell);
    return (out.join(u',') + QStringLiteral("\r\n")).toUtf8();
}

} // namespace insitecache::csv
