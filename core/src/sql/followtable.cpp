// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/followtable.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace insitecache {

FollowTable::FollowTable(SqliteFile &file, const Clock &clock, const std::string &l2) :
    m_file(file), m_clock(clock), m_l2(QString::fromStdString(l2))
{}

Result<Followed> FollowTable::read() const
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("SELECT run, heard, others, told FROM followed WHERE l2 = ?"));
    query.addBindValue(m_l2);
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    Followed found;
    if (query.next())
        found = {query.value(0).toString().toStdString(), query.value(1).toString().toStdString(),
            query.value(2).toBool(), query.value(3).toULongLong()};
    return found;
}

// A private server has a name of its own each time, so the oldest rows go.
Status FollowTable::write(const Followed &followed)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral(
        "INSERT INTO followed (l2, run, heard, others, told, saved_ms) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (l2) DO"
        " UPDATE SET heard = iif(run = excluded.run, max(heard, excluded.heard), excluded.heard),"
        " others = iif(run = excluded.run, max(others, excluded.others), excluded.others),"
        " told = max(told, excluded.told), run = excluded.run, saved_ms = excluded.saved_ms"));
    query.addBindValue(m_l2);
    query.addBindValue(QString::fromStdString(followed.run));
    query.addBindValue(QString::fromStdString(followed.heard));
    query.addBindValue(followed.others ? 1 : 0);
    query.addBindValue(static_cast<qulonglong>(followed.told));
    query.addBindValue(static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()));
    const bool written = query.exec()
        && query.exec(QStringLiteral("DELETE FROM followed WHERE l2 NOT IN"
                                     " (SELECT l2 FROM followed ORDER BY saved_ms DESC LIMIT 64)"));
    return written ? Status() : Status(tl::unexpected(m_file.errorOf(query.lastError())));
}

} // namespace insitecache
