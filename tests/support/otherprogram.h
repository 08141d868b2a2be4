// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace insitecache::test {

/// A connection of "another program" to the same file.
class OtherProgram {
public:
    explicit OtherProgram(const QString &path)
    {
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        database.setDatabaseName(path);
        database.open();
    }
    ~OtherProgram() { QSqlDatabase::removeDatabase(QStringLiteral("other")); }

    QString run(const QString &sql)
    {
        QSqlQuery query(QSqlDatabase::database(QStringLiteral("other")));
        if (!query.exec(sql))
            return QStringLiteral("failed: ") + query.lastError().text();
        return query.next() ? query.value(0).toString() : QString();
    }
};

} // namespace insitecache::test
