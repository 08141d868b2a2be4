// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/invalidationlog.h"

#include <limits>
#include <utility>

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include "base/probe.h"

namespace insitecache {

namespace {
constexpr long long invalidationRowsKept = 20'000;
constexpr long long mustReadAgain = -2;
constexpr long long mustRestart = -3;
} // namespace

Result<long long> InvalidationLog::number(const QString &sql)
{
    QSqlQuery query(m_file.database());
    if (!query.exec(sql) || !query.next())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    return query.value(0).toLongLong();
}

/// A row of the table as it lies there.
struct InvalidationLog::LoggedRow {
    std::uint64_t seq;
    std::string origin;
    Result<Selector> which;
    std::string l2;
};

template <class Visit>
Status InvalidationLog::eachRowFrom(std::uint64_t first, Visit visit)
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT seq, origin, scope, l2 FROM invalidations WHERE seq >= ? ORDER BY seq"));
    query.addBindValue(static_cast<qulonglong>(first));
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    while (query.next()) {
        LoggedRow row{query.value(0).toULongLong(), query.value(1).toString().toStdString(),
            Selector::fromWire(query.value(2).toString().toStdString()), query.value(3).toString().toStdString()};
        if (!visit(row))
            break;
    }
    return query.lastError().isValid() ? Status(tl::unexpected(m_file.errorOf(query.lastError()))) : Status();
}

Status InvalidationLog::restart()
{
    const auto last = number(QStringLiteral("SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
                                            " WHERE name = 'invalidations'"));
    if (!last)
        return tl::unexpected(last.error());
    m_scopes.reset(static_cast<std::uint64_t>(*last) + 1);
    m_readUpTo = m_scopes.position();
    return {};
}

Status InvalidationLog::open(std::uint64_t told)
{
    if (Status ok = restart(); !ok)
        return ok;
    return m_l2.empty() ? Status() : readUntold(told);
}

// Who has no L2, or another one, left ours as it was. Where rows are gone already, they may have named anything.
Status InvalidationLog::readUntold(std::uint64_t told)
{
    std::uint64_t next = told + 1;
    Status read = eachRowFrom(next, [&](LoggedRow &row) {
        if (next >= m_readUpTo || row.seq != next || !row.which)
            return false;
        if (row.l2 != m_l2)
            m_heard.push_back({std::move(row.origin), std::move(*row.which), false});
        ++next;
        return true;
    });
    m_gap = next < m_readUpTo;
    return read;
}

// After a rollback nothing is missing: what others appended meanwhile is read now.
Status InvalidationLog::startOver()
{
    if (m_dataVersion == mustReadAgain)
        m_scopes.reset(m_readUpTo);
    if (m_dataVersion != mustRestart)
        return {};
    m_gap = true;
    return restart();
}

Status InvalidationLog::catchUp()
{
    const auto version = number(QStringLiteral("PRAGMA data_version"));
    if (!version)
        return tl::unexpected(version.error());
    if (*version != m_dataVersion) {
        if (Status ok = startOver(); !ok)
            return ok;
        if (Status ok = readFrom(m_scopes.position()); !ok)
            return ok;
        m_dataVersion = *version;
    }
    m_readUpTo = m_scopes.position();
    return {};
}

// A row that is missing or unreadable may have named any key.
Status InvalidationLog::readFrom(std::uint64_t first)
{
    return eachRowFrom(first, [this](LoggedRow &row) {
        if (row.seq != m_scopes.position() || !row.which) {
            m_gap = true;
            m_scopes.reset(row.seq + 1);
            return true;
        }
        if (row.origin != m_origin)
            m_heard.push_back({std::move(row.origin), *row.which, row.l2 == m_l2});
        m_scopes.raiseAt(row.seq, std::move(*row.which));
        return true;
    });
}

bool InvalidationLog::isOvertaken(const Fill &fill) const
{
    return isOn(Protection::Tick) && m_scopes.covers(fill.ticket.position, fill.entry->key(), fill.parents);
}

Status InvalidationLog::append(const Selector &which)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("INSERT INTO invalidations (origin, scope, l2) VALUES (?, ?, ?)"));
    query.addBindValue(QString::fromStdString(m_origin));
    query.addBindValue(QString::fromStdString(which.toWire()));
    query.addBindValue(QString::fromStdString(m_l2));
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    const std::uint64_t seq = query.lastInsertId().toULongLong();
    m_scopes.raiseAt(seq, which);
    return {};
}

void InvalidationLog::forgetAppended()
{
    if (m_dataVersion != mustRestart)
        m_dataVersion = mustReadAgain;
    m_scopes.reset(std::numeric_limits<std::uint64_t>::max());
}

void InvalidationLog::forgetFile()
{
    m_dataVersion = mustRestart;
    m_scopes.reset(std::numeric_limits<std::uint64_t>::max());
}

Status InvalidationLog::trim()
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("DELETE FROM invalidations WHERE seq <= (SELECT max(seq) FROM invalidations) - ?"));
    query.addBindValue(invalidationRowsKept);
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    return {};
}

InvalidationLog::Heard InvalidationLog::takeHeard()
{
    Heard heard{std::exchange(m_heard, {}), m_readUpTo - 1};
    if (std::exchange(m_gap, false))
        heard.rows.reset();
    return heard;
}

} // namespace insitecache
