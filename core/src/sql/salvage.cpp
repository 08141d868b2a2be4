// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/salvage.h"

#include <algorithm>

#include <QSqlQuery>
#include <QVariant>

#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr int entryColumns = 8;

QString salvageSelect(const QString &rest)
{
    return QStringLiteral("SELECT space, key, envelope, written_ms, life_ms, stale_ms, negative, stale_until_ms"
                          " FROM entries ")
        + rest;
}

/// Takes rows over into the sound table, once each.
class SalvageTarget {
public:
    explicit SalvageTarget(const QSqlDatabase &database) : m_insert(database)
    {
        m_insert.prepare(QStringLiteral("INSERT OR IGNORE INTO entries (space, key, envelope, written_ms, life_ms,"
                                        " stale_ms, negative, stale_until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    }

    void take(const QSqlQuery &row)
    {
        const QByteArray envelope = row.value(2).toByteArray();
        const auto info = inspectEnvelope({envelope.constData(), static_cast<std::size_t>(envelope.size())});
        if (!info || info->key != row.value(1).toString().toStdString())
            return;
        for (int column = 0; column < entryColumns; ++column)
            m_insert.bindValue(column, row.value(column));
        if (m_insert.exec())
            m_rows += static_cast<std::uint64_t>(std::max(0, m_insert.numRowsAffected()));
    }
    std::uint64_t rows() const { return m_rows; }

private:
    QSqlQuery m_insert;
    std::uint64_t m_rows = 0;
};

// The index knows the keys although the table's own pages may be broken between them.
void salvageByIndex(const QSqlDatabase &database, const QString &order, SalvageTarget &target)
{
    QSqlQuery keys(database), row(database);
    keys.setForwardOnly(true);
    row.prepare(salvageSelect(QStringLiteral("WHERE space = ? AND key = ?")));
    keys.exec(QStringLiteral("SELECT space, key FROM entries INDEXED BY entries_by_end"
                             " ORDER BY stale_until_ms %1, space %1, key %1")
                  .arg(order));
    while (keys.next()) {
        row.bindValue(0, keys.value(0));
        row.bindValue(1, keys.value(1));
        if (row.exec() && row.next())
            target.take(row);
        row.finish();
    }
}

// From either end as far as the first broken page.
void salvageByTable(const QSqlDatabase &database, const QString &order, SalvageTarget &target)
{
    QSqlQuery rows(database);
    rows.setForwardOnly(true);
    rows.exec(salvageSelect(QStringLiteral("ORDER BY space %1, key %1").arg(order)));
    while (rows.next())
        target.take(rows);
}

} // namespace

// Not by ATTACH: after the first broken page of one file SQLite refuses writes to the other on the same connection.
std::uint64_t salvageRows(QSqlDatabase &database, const QString &damagedFile)
{
    const QString connection = database.connectionName() + QStringLiteral("-damaged");
    std::uint64_t rows = 0;
    {
        auto damaged = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        damaged.setDatabaseName(damagedFile);
        damaged.open();
        database.transaction();
        SalvageTarget target(database);
        for (const QString &order : {QStringLiteral("ASC"), QStringLiteral("DESC")}) {
            salvageByIndex(damaged, order, target);
            salvageByTable(damaged, order, target);
        }
        rows = target.rows();
    }
    QSqlDatabase::removeDatabase(connection);
    if (!database.commit()) {
        database.rollback();
        return 0;
    }
    return rows;
}

} // namespace insitecache
