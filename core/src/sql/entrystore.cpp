// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/entrystore.h"

#include <algorithm>
#include <map>

#include <QSqlError>
#include <QVariant>

#include "sql/sqlkeys.h"
#include "tiers/envelope.h"

namespace insitecache {

namespace {

constexpr long long clockSlackMs = 1000;
constexpr auto usageMaxAge = std::chrono::seconds(5);

std::string_view bytesOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

EntryStore::EntryStore(std::unique_ptr<SqliteFile> file, DatabaseTierOptions options, const Clock &clock) :
    m_file(std::move(file)), m_options(std::move(options)), m_clock(clock),
    m_ownSpace(QString::fromStdString(m_options.space)), m_log(*m_file, m_options.origin, m_options.l2),
    m_edges(*m_file, [this](const CacheKey &key) { return spaceOf(key); }),
    m_schedule(*m_file, clock, m_ownSpace, m_options.origin), m_followed(*m_file, clock, m_options.l2)
{
    m_usage.detail = m_file->path().toStdString();
}

Result<EntryStore::Opened> EntryStore::open()
{
    auto followed = m_followed.read();
    if (!followed)
        return tl::unexpected(followed.error());
    if (Status ok = m_log.open(followed->told); !ok)
        return tl::unexpected(ok.error());
    QSqlQuery query(m_file->database());
    if (!query.exec(QStringLiteral("SELECT id FROM identity")) || !query.next())
        return tl::unexpected(m_file->errorOf(query.lastError()));
    auto untold = listen();
    if (!untold)
        return tl::unexpected(untold.error());
    return Opened{query.value(0).toString().toStdString(), std::move(*followed), std::move(*untold)};
}

// The empty space is the shared one; a null string would be bound as NULL.
QString EntryStore::spaceOf(const CacheKey &key) const
{
    const auto &shared = m_options.sharedTypes;
    const bool isShared = std::find(shared.begin(), shared.end(), key.type()) != shared.end();
    return isShared || m_ownSpace.isEmpty() ? QStringLiteral("") : m_ownSpace;
}

bool EntryStore::belongs(const Row &row) const
{
    const auto key = CacheKey::parse(row.key.toStdString());
    return key && spaceOf(*key) == row.space;
}

// No write of ours leaves such numbers.
bool EntryStore::hasDamagedTimes(const Row &row)
{
    return row.writtenMs < 0 || row.lifeMs < 0;
}

long long EntryStore::remainingMs(const Row &row) const
{
    const long long now = m_clock.wall().time_since_epoch().count();
    if (hasDamagedTimes(row) || now < row.writtenMs - clockSlackMs)
        return 0;
    return std::clamp(row.lifeMs - (now - row.writtenMs), 0LL, row.lifeMs);
}

tl::unexpected<Error> EntryStore::failed(const QSqlError &error)
{
    Error typed = m_file->errorOf(error);
    m_damaged = m_damaged || typed.code == ErrorCode::Corrupt;
    return tl::unexpected(std::move(typed));
}

Status EntryStore::run(QSqlQuery &query)
{
    if (!query.exec())
        return failed(query.lastError());
    return {};
}

Status EntryStore::execute(const QString &sql)
{
    QSqlQuery query(m_file->database());
    if (!query.exec(sql))
        return failed(query.lastError());
    return {};
}

// IMMEDIATE takes the write lock at once, so that a busy database is waited for here and not in the middle.
template <class Work>
Status EntryStore::transaction(Work work)
{
    if (Status ok = execute(QStringLiteral("BEGIN IMMEDIATE")); !ok)
        return ok;
    Status done = m_log.catchUp();
    if (done)
        done = work();
    if (done)
        done = execute(QStringLiteral("COMMIT"));
    if (!done) {
        execute(QStringLiteral("ROLLBACK"));
        m_log.forgetAppended();
    }
    return done;
}

std::vector<TierRead> EntryStore::get(const std::vector<CacheKey> &keys)
{
    std::vector<TierRead> reads(keys.size());
    if (Status ok = m_log.catchUp(); !ok)
        return std::vector<TierRead>(keys.size(), TierRead{Outcome::Error, nullptr, ok.error()});
    // Before the rows are read: what is invalidated from here on voids the tickets.
    const FillTicket ticket{m_log.position()};
    std::map<QString, std::vector<std::size_t>> bySpace;
    for (std::size_t i = 0; i < keys.size(); ++i)
        bySpace[spaceOf(keys[i])].push_back(i);
    for (const auto &[space, places] : bySpace) {
        for (std::size_t from = 0; from < places.size(); from += keysPerStatement) {
            const auto first = places.begin() + static_cast<std::ptrdiff_t>(from);
            const auto last
                = places.begin() + static_cast<std::ptrdiff_t>(std::min(from + keysPerStatement, places.size()));
            const std::vector<std::size_t> chunk(first, last);
            const Status ok = getChunk(space, chunk, keys, reads);
            for (std::size_t place : ok ? std::vector<std::size_t>() : chunk)
                reads[place] = {Outcome::Error, nullptr, ok.error()};
        }
    }
    for (TierRead &read : reads)
        read.ticket = ticket;
    return reads;
}

// Reading has no side effect here, but that a damaged row goes.
Result<std::vector<EntryPtr>> EntryStore::peek(const std::vector<CacheKey> &keys)
{
    std::vector<EntryPtr> found;
    found.reserve(keys.size());
    for (TierRead &read : get(keys)) {
        if (read.error && read.outcome != Outcome::Corrupt)
            return tl::unexpected(*read.error);
        found.push_back(std::move(read.entry));
    }
    return found;
}

Result<bool> EntryStore::isNewer(const Fill &fill)
{
    if (!fill.unlessNewer)
        return false;
    const std::vector<CacheKey> keys{fill.entry->key()};
    std::vector<TierRead> there(1);
    if (Status ok = getChunk(spaceOf(keys[0]), {0}, keys, there); !ok)
        return tl::unexpected(ok.error());
    const EntryPtr &found = there[0].entry;
    const Entry &mine = *fill.entry;
    return found
        && (found->created() > mine.created()
            || (found->created() == mine.created() && found->version() > mine.version()));
}

std::vector<FillTicket> EntryStore::claim(std::size_t count)
{
    if (!m_log.catchUp())
        return std::vector<FillTicket>(count);
    return std::vector<FillTicket>(count, FillTicket{m_log.position()});
}

Status EntryStore::getChunk(const QString &space, const std::vector<std::size_t> &places,
    const std::vector<CacheKey> &keys, std::vector<TierRead> &reads)
{
    QSqlQuery query(m_file->database());
    query.setForwardOnly(true);
    query.prepare(
        QStringLiteral("SELECT key, envelope, written_ms, life_ms FROM entries WHERE space = ? AND key IN (%1)")
            .arg(sqlMarks(places.size())));
    query.addBindValue(space);
    for (std::size_t place : places)
        query.addBindValue(QString::fromStdString(keys[place].text()));
    if (Status ok = run(query); !ok)
        return ok;
    std::multimap<std::string_view, std::size_t> wanted;
    for (std::size_t place : places)
        wanted.emplace(keys[place].text(), place);
    while (query.next()) {
        Row row{space, query.value(0).toString(), query.value(1).toByteArray(), query.value(2).toLongLong(),
            query.value(3).toLongLong()};
        const std::string text = row.key.toStdString();
        const auto [first, last] = wanted.equal_range(text);
        for (auto it = first; it != last; ++it)
            reads[it->second] = readRow(row, keys[it->second]);
    }
    return query.lastError().isValid() ? Status(failed(query.lastError())) : Status();
}

TierRead EntryStore::readRow(const Row &row, const CacheKey &key)
{
    if (hasDamagedTimes(row)) {
        return corruptRead(row,
            {ErrorCode::Corrupt, "the stored times of " + key.text() + " are damaged",
                "it is dropped and loaded again"});
    }
    const long long remaining = remainingMs(row);
    if (remaining <= 0)
        return {Outcome::Miss, nullptr, std::nullopt, {}, MissReason::Expired};
    const SteadyTime now = m_clock.now();
    auto entry = openEnvelope(bytesOf(row.envelope), key, lifeFromStore(remaining), now);
    if (!entry)
        return corruptRead(row, entry.error());
    const Outcome outcome = outcomeOf(**entry, now);
    return {outcome, std::move(*entry), std::nullopt};
}

TierRead EntryStore::corruptRead(const Row &row, Error error)
{
    if (const Status dropped = dropIfUnchanged(row); !dropped)
        error.hint = "it stays until it is written anew, because it could not be dropped: " + dropped.error().message;
    return {Outcome::Corrupt, nullptr, std::move(error)};
}

// Somebody may have written a good copy since: only the bytes that were read are removed.
Status EntryStore::dropIfUnchanged(const Row &row)
{
    QSqlQuery query(m_file->database());
    query.prepare(QStringLiteral("DELETE FROM entries WHERE space = ? AND key = ? AND envelope = ?"));
    query.addBindValue(row.space);
    query.addBindValue(row.key);
    query.addBindValue(row.envelope);
    return run(query);
}

Status EntryStore::write(const Entry &entry, const std::vector<CacheKey> &parents)
{
    const long long wall = m_clock.wall().time_since_epoch().count();
    const long long life = toMillis(entry.staleUntil() - m_clock.now());
    QSqlQuery query(m_file->database());
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO entries (space, key, envelope, written_ms, life_ms, stale_ms,"
                                 " negative, stale_until_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    query.addBindValue(spaceOf(entry.key()));
    query.addBindValue(QString::fromStdString(entry.key().text()));
    query.addBindValue(QByteArray::fromStdString(sealEnvelope(entry)));
    query.addBindValue(wall);
    query.addBindValue(life);
    query.addBindValue(toMillis(entry.staleFor()));
    query.addBindValue(entry.negative() ? 1 : 0);
    query.addBindValue(wall + life);
    if (Status ok = run(query); !ok)
        return ok;
    return m_edges.replaceParents(entry.key(), parents);
}

std::vector<FillOutcome> EntryStore::fill(const std::vector<Fill> &fills)
{
    std::vector<FillOutcome> outcomes(fills.size(), FillOutcome::Refused);
    const Status done = transaction([&]() -> Status {
        for (std::size_t i = 0; i < fills.size(); ++i) {
            if (!fills[i].entry->isUsable(m_clock.now()) || m_log.isOvertaken(fills[i]))
                continue;
            const auto newer = isNewer(fills[i]);
            if (!newer)
                return tl::unexpected(newer.error());
            if (*newer)
                continue;
            if (Status ok = write(*fills[i].entry, fills[i].parents); !ok)
                return ok;
            outcomes[i] = FillOutcome::Stored;
        }
        return {};
    });
    return done ? outcomes : std::vector<FillOutcome>(fills.size(), FillOutcome::Failed);
}

Status EntryStore::put(const std::vector<Fill> &fills)
{
    return transaction([&]() -> Status {
        for (const Fill &fill : fills) {
            const auto newer = isNewer(fill);
            if (!newer)
                return tl::unexpected(newer.error());
            if (*newer)
                continue;
            const bool overtaken = fill.ticket.isValid() && m_log.isOvertaken(fill);
            const QString text = QString::fromStdString(fill.entry->key().text());
            Status ok = overtaken || !fill.entry->isUsable(m_clock.now())
                ? deleteRows(spaceOf(fill.entry->key()), {text})
                : write(*fill.entry, fill.parents);
            if (ok)
                ok = m_log.append(Selector::keys({fill.entry->key()}));
            if (!ok)
                return ok;
        }
        return {};
    });
}

template <class Visit>
Status EntryStore::visitQuery(QSqlQuery &query, const Selector &which, Visit visit)
{
    query.setForwardOnly(true);
    if (Status ok = run(query); !ok)
        return ok;
    while (query.next()) {
        Row row{query.value(0).toString(), query.value(1).toString(), query.value(2).toByteArray(),
            query.value(3).toLongLong(), query.value(4).toLongLong(), query.value(5).toLongLong(),
            query.value(6).toBool()};
        if (which.matches(row.key.toStdString()) && belongs(row) && remainingMs(row) > 0)
            visit(row);
    }
    return query.lastError().isValid() ? Status(failed(query.lastError())) : Status();
}

template <class Visit>
Status EntryStore::forEachRow(const Selector &which, bool withEnvelope, Visit visit)
{
    const QString select = QStringLiteral(
        "SELECT space, key, %1, written_ms, life_ms, stale_ms, negative FROM entries WHERE space IN (?, '')")
                               .arg(withEnvelope ? QStringLiteral("envelope") : QStringLiteral("NULL"));
    QSqlQuery query(m_file->database());
    if (const auto *named = which.namedKeys()) {
        for (std::size_t from = 0; from < named->size(); from += keysPerStatement) {
            const std::size_t count = std::min(keysPerStatement, named->size() - from);
            query.prepare(select + QStringLiteral(" AND key IN (%1)").arg(sqlMarks(count)));
            query.addBindValue(m_ownSpace.isEmpty() ? QStringLiteral("") : m_ownSpace);
            for (std::size_t i = 0; i < count; ++i)
                query.addBindValue(QString::fromStdString((*named)[from + i].text()));
            if (Status ok = visitQuery(query, which, visit); !ok)
                return ok;
        }
        return {};
    }
    query.prepare(select + QStringLiteral(" AND key >= CAST(? AS TEXT) AND key < CAST(? AS TEXT) ORDER BY key"));
    query.addBindValue(m_ownSpace.isEmpty() ? QStringLiteral("") : m_ownSpace);
    bindPrefixRange(query, which.literalPrefix());
    return visitQuery(query, which, visit);
}

Status EntryStore::deleteRows(const QString &space, const QStringList &keys)
{
    for (qsizetype from = 0; from < keys.size(); from += static_cast<qsizetype>(keysPerStatement)) {
        const QStringList some = keys.mid(from, static_cast<qsizetype>(keysPerStatement));
        QSqlQuery query(m_file->database());
        query.prepare(QStringLiteral("DELETE FROM entries WHERE space = ? AND key IN (%1)")
                          .arg(sqlMarks(static_cast<std::size_t>(some.size()))));
        query.addBindValue(space);
        for (const QString &key : some)
            query.addBindValue(key);
        if (Status ok = run(query); !ok)
            return ok;
        if (Status ok = m_edges.dropEdgesOf(space, some); !ok)
            return ok;
    }
    return {};
}

Result<std::uint64_t> EntryStore::remove(const Selector &which)
{
    std::uint64_t count = 0;
    const Status removed = transaction([&]() -> Status {
        std::map<QString, QStringList> rows;
        if (Status ok = forEachRow(which, false, [&](const Row &row) { rows[row.space] << row.key; }); !ok)
            return ok;
        for (const auto &[space, keys] : rows) {
            count += static_cast<std::uint64_t>(keys.size());
            if (Status ok = deleteRows(space, keys); !ok)
                return ok;
        }
        return m_log.append(which);
    });
    if (!removed)
        return tl::unexpected(removed.error());
    return count;
}

Status EntryStore::expireRow(const Row &row, long long wall)
{
    const long long life = std::min(remainingMs(row), row.staleMs);
    if (row.negative || life <= 0)
        return deleteRows(row.space, {row.key});
    QSqlQuery query(m_file->database());
    query.prepare(QStringLiteral("UPDATE entries SET written_ms = ?, life_ms = ?, stale_until_ms = ?"
                                 " WHERE space = ? AND key = ?"));
    query.addBindValue(wall);
    query.addBindValue(life);
    query.addBindValue(wall + life);
    query.addBindValue(row.space);
    query.addBindValue(row.key);
    return run(query);
}

Result<std::uint64_t> EntryStore::expire(const Selector &which)
{
    const long long wall = m_clock.wall().time_since_epoch().count();
    std::vector<Row> rows;
    const Status expired = transaction([&]() -> Status {
        if (Status ok = forEachRow(which, false, [&](const Row &row) { rows.push_back(row); }); !ok)
            return ok;
        for (const Row &row : rows) {
            if (Status ok = expireRow(row, wall); !ok)
                return ok;
        }
        return m_log.append(which);
    });
    if (!expired)
        return tl::unexpected(expired.error());
    return rows.size();
}

Result<std::optional<ScheduledInvalidation>> EntryStore::takeDue()
{
    std::optional<ScheduledInvalidation> taken;
    if (const auto any = m_schedule.isAnyDue(); !any || !*any)
        return any ? Result<std::optional<ScheduledInvalidation>>(taken) : tl::unexpected(any.error());
    const Status done = transaction([&]() -> Status {
        auto due = m_schedule.takeDue();
        if (!due)
            return tl::unexpected(due.error());
        taken = std::move(*due);
        return {};
    });
    if (!done)
        return tl::unexpected(done.error());
    return taken;
}

Status EntryStore::declare(const Edge &edge)
{
    return transaction([&] { return m_edges.declare(edge); });
}

Result<InvalidationLog::Heard> EntryStore::listen()
{
    if (Status ok = m_log.catchUp(); !ok)
        return tl::unexpected(ok.error());
    return m_log.takeHeard();
}

Result<TierCount> EntryStore::count(const Selector &which)
{
    TierCount counted;
    if (Status ok = forEachRow(which, false, [&](const Row &) { ++counted.keys; }); !ok)
        return tl::unexpected(ok.error());
    return counted;
}

Result<TierListing> EntryStore::list(const Selector &which, std::size_t limit)
{
    TierListing listing;
    const Status listed = forEachRow(which, true, [&](const Row &row) {
        ++listing.total;
        const auto info = inspectEnvelope(bytesOf(row.envelope));
        if (listing.entries.size() >= limit || !info)
            return;
        TierEntryInfo entry;
        entry.key = CacheKey::parse(row.key.toStdString()).value();
        entry.ttl = Millis(remainingMs(row) - row.staleMs);
        entry.bytes = static_cast<std::uint64_t>(row.envelope.size());
        entry.rawBytes = info->rawBytes;
        entry.created = info->created;
        entry.origin = info->origin;
        entry.version = info->version;
        entry.negative = info->negative;
        listing.entries.push_back(std::move(entry));
    });
    if (!listed)
        return tl::unexpected(listed.error());
    return listing;
}

Result<std::uint64_t> EntryStore::purge(int limit)
{
    QSqlQuery query(m_file->database());
    query.prepare(QStringLiteral("DELETE FROM entries WHERE (space, key) IN"
                                 " (SELECT space, key FROM entries WHERE stale_until_ms <= ? LIMIT ?)"));
    query.addBindValue(static_cast<qlonglong>(m_clock.wall().time_since_epoch().count()));
    query.addBindValue(limit);
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    m_usage.expirations += static_cast<std::uint64_t>(std::max(0, query.numRowsAffected()));
    if (Status ok = m_edges.purge(limit); !ok)
        return tl::unexpected(ok.error());
    if (Status ok = m_log.trim(); !ok)
        return tl::unexpected(ok.error());
    return static_cast<std::uint64_t>(std::max(0, query.numRowsAffected()));
}

Status EntryStore::rebuild()
{
    m_damaged = false;
    m_usageTaken = {};
    m_log.forgetFile();
    if (m_file->isLost())
        return m_file->reopen();
    if (Status ok = m_file->startAnew(); !ok)
        return ok;
    m_notice = m_file->notices().back();
    return {};
}

void EntryStore::followFile()
{
    if (!m_file->isLost())
        return;
    const Status ok = m_file->reopen();
    m_log.forgetFile();
    m_notice = ok ? m_file->path().toStdString() + " was moved or removed; the file there now is used"
                  : ok.error().toString();
    m_usageTaken = {};
}

// Counting reads every page, so the answer is kept for a few seconds.
TierUsage EntryStore::usage()
{
    if (m_usageTaken != SteadyTime{} && m_clock.now() - m_usageTaken < usageMaxAge)
        return m_usage;
    m_usageTaken = m_clock.now();
    QSqlQuery query(m_file->database());
    query.prepare(
        QStringLiteral("SELECT (SELECT count(*) FROM entries WHERE space IN (?, '')),"
                       " (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)"));
    query.addBindValue(m_ownSpace.isEmpty() ? QStringLiteral("") : m_ownSpace);
    const Status ok = run(query);
    m_usage.up = ok.has_value() && query.next();
    m_usage.detail = !ok ? ok.error().toString() : m_notice.empty() ? m_file->path().toStdString() : m_notice;
    if (m_usage.up) {
        m_usage.entries = query.value(0).toULongLong();
        m_usage.bytes = query.value(1).toULongLong();
    }
    return m_usage;
}

} // namespace insitecache
