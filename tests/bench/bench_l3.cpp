// SPDX-License-Identifier: GPL-3.0-or-later
// L3 against one prepared statement on the plainest table. The tier also crosses to its thread and back, checks and
// decodes.
#include <benchmark/benchmark.h>

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include "benchdata.h"
#include "benchparts.h"

namespace insitecache::bench {

namespace {

void l3Get(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    DatabaseTier *tier = parts.databaseTier();
    if (!tier)
        return state.SkipWithError(parts.error().c_str());
    std::size_t at = 0;
    for (auto _ : state) {
        std::vector<CacheKey> batch;
        for (int i = 0; i < state.range(0); ++i)
            batch.push_back(parts.keys()[at++ % BenchParts::keyCount]);
        const auto reads
            = await<std::vector<TierRead>>([&](auto done) { tier->get(std::move(batch), std::move(done)); });
        if (reads.front().outcome != Outcome::Hit)
            return state.SkipWithError("a key was not there");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

void l3Put(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    DatabaseTier *tier = parts.databaseTier();
    if (!tier)
        return state.SkipWithError(parts.error().c_str());
    const std::vector<EntryPtr> entries = makeEntries(parts.keys(), BenchParts::valueBytes);
    std::size_t at = 0;
    for (auto _ : state) {
        std::vector<EntryPtr> batch;
        for (int i = 0; i < state.range(0); ++i)
            batch.push_back(entries[at++ % entries.size()]);
        if (!await<Status>([&](auto done) { tier->put(writesOf(batch), std::move(done)); }))
            return state.SkipWithError("the database refused");
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// The plain table, filled. Empty text when it works.
const char *fillPlainTable(QSqlDatabase &database, const std::vector<CacheKey> &keys)
{
    QSqlQuery query(database);
    if (!query.exec(QStringLiteral("PRAGMA journal_mode=WAL"))
        || !query.exec(QStringLiteral("PRAGMA synchronous=NORMAL"))
        || !query.exec(QStringLiteral("CREATE TABLE IF NOT EXISTS plain (key TEXT PRIMARY KEY, value BLOB)")))
        return "the plain table cannot be made";
    database.transaction();
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO plain VALUES (?, ?)"));
    for (const CacheKey &key : keys) {
        query.addBindValue(QString::fromStdString(key.text()));
        query.addBindValue(QByteArray::fromStdString(makePayload(BenchParts::valueBytes, 1)));
        if (!query.exec())
            return "the plain table cannot be filled";
    }
    return database.commit() ? "" : "the plain table cannot be filled";
}

const char *readPlainTable(benchmark::State &state, QSqlDatabase &database, const std::vector<CacheKey> &keys)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT value FROM plain WHERE key = ?"));
    std::size_t at = 0;
    for (auto _ : state) {
        query.addBindValue(QString::fromStdString(keys[at++ % keys.size()].text()));
        if (!query.exec() || !query.next())
            return "a key was not there";
        benchmark::DoNotOptimize(query.value(0).toByteArray());
        query.finish();
    }
    return "";
}

void l3PeerPreparedQuery(benchmark::State &state)
{
    BenchParts &parts = BenchParts::instance();
    const QString connection = QStringLiteral("peer");
    const char *problem = "";
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(parts.file(QStringLiteral("peer.db")));
        problem = database.open() ? fillPlainTable(database, parts.keys()) : "the database cannot be opened";
        if (!*problem)
            problem = readPlainTable(state, database, parts.keys());
    }
    QSqlDatabase::removeDatabase(connection);
    if (*problem)
        state.SkipWithError(problem);
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(l3Get)->Arg(1)->Arg(64)->Arg(256)->UseRealTime();
BENCHMARK(l3PeerPreparedQuery)->UseRealTime();
BENCHMARK(l3Put)->Arg(1)->Arg(64)->UseRealTime();

} // namespace insitecache::bench
