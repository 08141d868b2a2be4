// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/scheduletable.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

namespace insitecache {

namespace {

constexpr qlonglong scheduleLeaseMs = Millis(ScheduleStore::leaseLife).count();

template <class Tiers>
int tierBits(const Tiers &tiers)
{
    int bits = 0;
    for (int i = 0; i < tierCount; ++i)
        bits |= tiers[static_cast<std::size_t>(i)] ? 1 << i : 0;
    return bits;
}

// A scope that cannot be read may have named any key.
ScheduledInvalidation scheduledOf(const QSqlQuery &row)
{
    ScheduledInvalidation scheduled;
    scheduled.id = row.value(0).toULongLong();
    scheduled.due = WallTime(Millis(row.value(1).toLongLong()));
    scheduled.made = WallTime(Millis(row.value(2).toLongLong()));
    scheduled.by = row.value(3).toString().toStdString();
    scheduled.what.which = Selector::fromWire(row.value(4).toString().toStdString()).value_or(Selector::all());
    for (int i = 0; i < tierCount; ++i)
        scheduled.what.tiers[i] = row.value(5).toInt() >> i & 1;
    scheduled.what.expire = row.value(6).toBool();
    scheduled.what.dependents = row.value(7).toBool();
    scheduled.what.reason = row.value(8).toString().toStdString();
    return scheduled;
}

/// Belongs to nobody. A lease that would last longer than any that was given is one of a clock that has been put back.
QString isFree()
{
    return QStringLiteral(" AND (owner = '' OR leased_until_ms <= ? OR leased_until_ms > ?)");
}

QString isDue()
{
    return QStringLiteral(" AND due_ms <= ?") + isFree();
}

QString textOrEmpty(const std::string &text)
{
    return text.empty() ? QStringLiteral("") : QString::fromStdString(text);
}

} // namespace

// A null string would be bound as NULL.
ScheduleTable::ScheduleTable(SqliteFile &file, const Clock &clock, const QString &space, const std::string &owner) :
    m_file(file), m_clock(clock), m_space(space.isEmpty() ? QStringLiteral("") : space),
    m_owner(QString::fromStdString(owner))
{}

Status ScheduleTable::run(QSqlQuery &query) const
{
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    return {};
}

Result<ScheduledInvalidation> ScheduleTable::add(ScheduledInvalidation scheduled)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral(
        "INSERT INTO schedule (space, due_ms, made_ms, made_by, scope, tiers, expire, dependents, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    query.addBindValue(m_space);
    query.addBindValue(static_cast<qlonglong>(scheduled.due.time_since_epoch().count()));
    query.addBindValue(static_cast<qlonglong>(scheduled.made.time_since_epoch().count()));
    query.addBindValue(textOrEmpty(scheduled.by));
    query.addBindValue(QString::fromStdString(scheduled.what.which.toWire()));
    query.addBindValue(tierBits(scheduled.what.tiers));
    query.addBindValue(scheduled.what.expire ? 1 : 0);
    query.addBindValue(scheduled.what.dependents ? 1 : 0);
    query.addBindValue(textOrEmpty(scheduled.what.reason));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    scheduled.id = query.lastInsertId().toULongLong();
    return scheduled;
}

void ScheduleTable::bindFree(QSqlQuery &query) const
{
    const qlonglong now = m_clock.wall().time_since_epoch().count();
    query.addBindValue(now);
    query.addBindValue(now + scheduleLeaseMs);
}

void ScheduleTable::bindDue(QSqlQuery &query) const
{
    query.addBindValue(static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()));
    bindFree(query);
}

Result<std::vector<ScheduledInvalidation>> ScheduleTable::select(bool onlyDue) const
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT id, due_ms, made_ms, made_by, scope, tiers, expire, dependents, reason"
                                 " FROM schedule WHERE space = ?")
        + (onlyDue ? isDue() : QString()) + QStringLiteral(" ORDER BY due_ms, id"));
    query.addBindValue(m_space);
    if (onlyDue)
        bindDue(query);
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    std::vector<ScheduledInvalidation> found;
    while (query.next())
        found.push_back(scheduledOf(query));
    if (query.lastError().isValid())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    return found;
}

Result<std::vector<ScheduledInvalidation>> ScheduleTable::all() const
{
    return select(false);
}

Result<bool> ScheduleTable::cancel(std::uint64_t id)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("DELETE FROM schedule WHERE space = ? AND id = ?") + isFree());
    query.addBindValue(m_space);
    query.addBindValue(static_cast<qulonglong>(id));
    bindFree(query);
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    return query.numRowsAffected() == 1;
}

Result<bool> ScheduleTable::isAnyDue() const
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("SELECT 1 FROM schedule WHERE space = ?") + isDue() + QStringLiteral(" LIMIT 1"));
    query.addBindValue(m_space);
    bindDue(query);
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    return query.next();
}

Result<std::optional<ScheduledInvalidation>> ScheduleTable::takeDue()
{
    auto due = select(true);
    if (!due)
        return tl::unexpected(due.error());
    if (due->empty())
        return std::nullopt;
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("UPDATE schedule SET owner = ?, leased_until_ms = ? WHERE id = ?"));
    query.addBindValue(m_owner);
    query.addBindValue(static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()) + scheduleLeaseMs);
    query.addBindValue(static_cast<qulonglong>(due->front().id));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    return std::move(due->front());
}

Status ScheduleTable::renew(std::uint64_t id)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("UPDATE schedule SET leased_until_ms = ? WHERE id = ? AND owner = ?"));
    query.addBindValue(static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()) + scheduleLeaseMs);
    query.addBindValue(static_cast<qulonglong>(id));
    query.addBindValue(m_owner);
    return run(query);
}

Status ScheduleTable::settle(std::uint64_t id, const std::array<bool, tierCount> &left)
{
    const int bits = tierBits(left);
    QSqlQuery query(m_file.database());
    query.prepare(bits == 0 ? QStringLiteral("DELETE FROM schedule WHERE id = ? AND owner = ?")
                            : QStringLiteral("UPDATE schedule SET tiers = %1 WHERE id = ? AND owner = ?").arg(bits));
    query.addBindValue(static_cast<qulonglong>(id));
    query.addBindValue(m_owner);
    return run(query);
}

} // namespace insitecache
