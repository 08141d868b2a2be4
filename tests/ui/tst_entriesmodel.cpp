// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include "models/entriesmodel.h"
#include "models/entrytexts.h"
#include "support/entryrows.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

QStringList shownKeys(const EntriesModel &model)
{
    QStringList keys;
    for (int row = 0; row < model.rowCount(); ++row)
        keys += model.index(row, 0).data().toString();
    return keys;
}

QString cell(const EntriesModel &model, int row, EntryColumn column, int role = Qt::DisplayRole)
{
    return model.index(row, static_cast<int>(column)).data(role).toString();
}

void settle(EntriesModel &model)
{
    QTRY_VERIFY(!model.isBusy());
}

/// The value a column is sorted by, computed the slow and obvious way.
QVariant sortValue(const EntryRow &row, const EntryMoment &moment, EntryColumn column)
{
    switch (column) {
    case EntryColumn::Key: return QString::fromStdString(row.key.text());
    case EntryColumn::Type: return QString::fromStdString(std::string(row.key.type()));
    case EntryColumn::Levels:
        return int(row.tiers[0].present) * 4 + int(row.tiers[1].present) * 2 + int(row.tiers[2].present);
    case EntryColumn::TtlLeft:
    case EntryColumn::ExpiresAt: return qint64(row.expires.time_since_epoch().count());
    case EntryColumn::Hits: return quint64(row.hits);
    case EntryColumn::Size: return moment.answering < 0 ? 0u : quint64(row.tiers[moment.answering].bytes);
    case EntryColumn::Deps: return (qint64(row.children) << 32) + row.parents;
    case EntryColumn::Source: return QString::fromStdString(row.origin);
    case EntryColumn::State: return int(moment.state);
    }
    return {};
}

} // namespace

class tst_EntriesModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filterTerms_data();
    void filterTerms();
    void badTermsAreNamed_data();
    void badTermsAreNamed();
    void typeTermIsReplacedInPlace();
    void levelMarksTellSixThingsApart();
    void timeToLiveCountsDownAndNeverGoesNegative();
    void sortingAgreesWithTheObvious_data();
    void sortingAgreesWithTheObvious();
    void filteringAgreesWithTheObvious();
    void refreshKeepsTheOrder();
    void refreshOfAnEmptyTableShowsTheRows();
    void manyGapsAreOneReset();
    void requestsMeanwhileAreOneMoreRun();
    void tickTouchesVisibleRowsOnly();
    void fiftyThousandRows();
    void rowAsJson();
};

void tst_EntriesModel::filterTerms_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("shown");
    const auto row = [](const char *name, const char *line, const QStringList &shown) {
        QTest::newRow(name) << QString::fromUtf8(line) << shown;
    };
    const QString aapl = QStringLiteral("stock:AAPL"), samsung = QStringLiteral("stock:005930.KS"),
                  apple = QStringLiteral("search:apple"), korean = QStringLiteral("search:삼성전자"),
                  user = QStringLiteral("user:1");
    row("nothing", "", {apple, korean, samsung, aapl, user});
    row("text, any case", "aapl", {aapl});
    row("text in Korean", "삼성", {korean});
    row("a whole key", "stock:AAPL", {aapl});
    row("pattern", "stock:*", {samsung, aapl});
    row("pattern matches the whole key", "A*", {});
    row("quoted is text", "\"AAP\"", {aapl});
    row("quoted stars are text", "\"*\"", {});
    row("open quote", "\"AAP", {aapl});
    row("type", "type:search", {apple, korean});
    row("two types", "type:search,user", {apple, korean, user});
    row("not a type", "type:!stock", {apple, korean, user});
    row("level", "level:l1", {apple, aapl});
    row("not at a level", "level:!L1", {korean, samsung, user});
    row("ttl below", "ttl:<30s", {korean});
    row("ttl above, minutes", "ttl:>4m", {aapl, user});
    row("ttl, fraction", "ttl:<=0.5m", {korean});
    row("hits", "hits:0", {korean, user});
    row("hits above", "hits:>3", {apple, aapl});
    row("dependents", "deps:>1", {apple});
    row("no dependents", "deps:0 type:stock", {samsung, aapl});
    row("all must hold", "type:stock hits:>3 AAPL", {aapl});
    row("spaces", "  type:user   ", {user});
}

void tst_EntriesModel::filterTerms()
{
    QFETCH(QString, line);
    EntriesModel model;
    EntryRow apple = entryRow("search:apple", "L1", 60s, 4);
    apple.children = 2;
    model.setSnapshot(entrySnapshot(
        {entryRow("stock:AAPL", "L1 L2 L3", 290s, 9), apple, entryRow("stock:005930.KS", "L2 L3", 200s, 3),
            entryRow("search:삼성전자", "L3", 20s), entryRow("user:1", "L2 L3", 1h)}));
    const auto filter = EntryFilter::parse(line);
    QVERIFY2(filter, qPrintable(filter ? QString() : filter.error()));
    model.setFilter(*filter);
    settle(model);
    QTEST(shownKeys(model), "shown");
}

void tst_EntriesModel::badTermsAreNamed_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("glob") << QStringLiteral("type:stock stock:[A") << QStringLiteral("stock:[A");
    QTest::newRow("ttl") << QStringLiteral("ttl:<30x") << QStringLiteral("<30x");
    QTest::newRow("ttl, nothing") << QStringLiteral("ttl:") << QStringLiteral("ttl:");
    QTest::newRow("ttl, absurd") << QStringLiteral("ttl:<1e300s") << QStringLiteral("1e300");
    QTest::newRow("level") << QStringLiteral("level:L4") << QStringLiteral("L4");
    QTest::newRow("hits") << QStringLiteral("hits:many") << QStringLiteral("many");
    QTest::newRow("hits, negative") << QStringLiteral("hits:>-1") << QStringLiteral("-1");
    QTest::newRow("deps") << QStringLiteral("deps:few") << QStringLiteral("few");
    QTest::newRow("type, nothing") << QStringLiteral("type:!") << QStringLiteral("type:");
    QTest::newRow("type, bad") << QStringLiteral("type:Stock") << QStringLiteral("Stock");
}

void tst_EntriesModel::badTermsAreNamed()
{
    QFETCH(QString, line);
    QFETCH(QString, named);
    const auto filter = EntryFilter::parse(line);
    QVERIFY(!filter);
    QVERIFY2(filter.error().contains(named), qPrintable(filter.error()));
    QVERIFY(!filter.error().contains(QLatin1Char('\n')));
}

void tst_EntriesModel::typeTermIsReplacedInPlace()
{
    const auto with = [](const char *line, const QStringList &types) {
        return EntryFilter::withTypes(QString::fromUtf8(line), types);
    };
    QCOMPARE(with("", {QStringLiteral("stock")}), QStringLiteral("type:stock"));
    QCOMPARE(with("A*", {QStringLiteral("stock"), QStringLiteral("user")}), QStringLiteral("type:stock,user A*"));
    QCOMPARE(with("hits:0 type:user", {}), QStringLiteral("hits:0"));
    QCOMPARE(with("\"type:user\"", {}), QStringLiteral("\"type:user\""));
}

void tst_EntriesModel::levelMarksTellSixThingsApart()
{
    EntryContext context = entryContext();
    context.unreachable = {false, true, false};
    context.configured = {true, true, false};
    EntryRow row = entryRow("stock:A", "L1", 10s);
    EntryMoment moment = momentOf(row, context, 0ms);
    QCOMPARE(moment.levels[0], LevelMark::Fresh);
    QCOMPARE(moment.levels[1], LevelMark::Unreachable);
    QCOMPARE(moment.levels[2], LevelMark::Off);
    QCOMPARE(momentOf(row, context, 10s).levels[0], LevelMark::Expired);

    context = entryContext();
    row = entryRow("sentiment:A", "L2", 10s);
    moment = momentOf(row, context, 0ms);
    QCOMPARE(moment.levels[0], LevelMark::NotInPolicy);
    QCOMPARE(moment.levels[2], LevelMark::Absent);
    QCOMPARE(moment.answering, 1);

    row = entryRow("stock:A", "L1 L2 L3", 10s);
    row.tiers[2].version = 8;
    moment = momentOf(row, context, 0ms);
    QCOMPARE(moment.levels[0], LevelMark::Fresh);
    QCOMPARE(moment.levels[2], LevelMark::Differs);
    QCOMPARE(moment.state, EntryState::Differs);
    EntriesModel model;
    model.setSnapshot(entrySnapshot({row}));
    settle(model);
    QCOMPARE(cell(model, 0, EntryColumn::Levels), QStringLiteral("●◆≠"));
    QVERIFY(cell(model, 0, EntryColumn::Levels, Qt::AccessibleTextRole).contains(QStringLiteral("L3 another version")));
}

void tst_EntriesModel::timeToLiveCountsDownAndNeverGoesNegative()
{
    EntriesModel model;
    model.setSnapshot(entrySnapshot({entryRow("stock:A", "L1 L3", 300s), entryRow("user:1", "L3", 10000h)}));
    settle(model);
    QCOMPARE(cell(model, 0, EntryColumn::TtlLeft), QStringLiteral("05:00"));
    QCOMPARE(cell(model, 1, EntryColumn::TtlLeft), QStringLiteral("none"));
    model.tick(entriesTaken + 250s, 0, 1);
    QCOMPARE(cell(model, 0, EntryColumn::TtlLeft), QStringLiteral("00:50"));
    QCOMPARE(cell(model, 0, EntryColumn::State), QStringLiteral("refresh due"));
    model.tick(entriesTaken + 301s, 0, 1);
    QCOMPARE(cell(model, 0, EntryColumn::TtlLeft), QStringLiteral("expired, waiting for removal"));
    QCOMPARE(cell(model, 0, EntryColumn::Levels), QStringLiteral("○–□"));
    QCOMPARE(model.rowCount(), 2);
}

void tst_EntriesModel::sortingAgreesWithTheObvious_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("order");
    for (int column = 0; column < entryColumnCount; ++column) {
        const QByteArray title = entryColumnTitle(static_cast<EntryColumn>(column)).toUtf8();
        QTest::newRow((title + " up").constData()) << column << int(Qt::AscendingOrder);
        QTest::newRow((title + " down").constData()) << column << int(Qt::DescendingOrder);
    }
}

void tst_EntriesModel::sortingAgreesWithTheObvious()
{
    QFETCH(int, column);
    QFETCH(int, order);
    const auto snapshot = entrySnapshot(randomEntryRows(3000, 7));
    const auto by = static_cast<EntryColumn>(column);
    const EntryOrder sorted = arrangeEntries(*snapshot, {}, {by, Qt::SortOrder(order)}, 5s);

    EntryOrder expected(snapshot->page.rows.size());
    for (quint32 i = 0; i < expected.size(); ++i)
        expected[i] = i;
    std::stable_sort(expected.begin(), expected.end(), [&](quint32 a, quint32 b) {
        const auto value = [&](quint32 place) {
            const EntryRow &row = snapshot->page.rows[place];
            return sortValue(row, momentOf(row, snapshot->context, 5s), by);
        };
        const auto compared = QVariant::compare(value(a), value(b));
        return order == Qt::AscendingOrder ? compared == QPartialOrdering::Less : compared == QPartialOrdering::Greater;
    });
    QCOMPARE(sorted, expected);
}

void tst_EntriesModel::filteringAgreesWithTheObvious()
{
    const auto snapshot = entrySnapshot(randomEntryRows(3000, 11));
    const auto filter = EntryFilter::parse(QStringLiteral("type:stock,user level:!L2 ttl:<2m hits:>=5 *1*"));
    QVERIFY(filter);
    EntryOrder expected;
    for (quint32 i = 0; i < snapshot->page.rows.size(); ++i) {
        const EntryRow &row = snapshot->page.rows[i];
        const EntryMoment moment = momentOf(row, snapshot->context, 0ms);
        if ((row.key.type() == "stock" || row.key.type() == "user") && !row.tiers[1].present && moment.ttl < 2min
            && row.hits >= 5 && row.key.text().find('1') != std::string::npos)
            expected.push_back(i);
    }
    QVERIFY(expected.size() > 20);
    QCOMPARE(arrangeEntries(*snapshot, *filter, {}, 0ms), expected);
    quint64 counted = 0;
    const auto counts = countEntryTypes(*snapshot, *filter, 0ms);
    for (const QString &type : filter->types())
        counted += counts.at(type);
    QCOMPARE(counted, expected.size());
    QCOMPARE(counts.size(), 5u);
}

void tst_EntriesModel::refreshKeepsTheOrder()
{
    EntriesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSort({EntryColumn::Hits, Qt::DescendingOrder});
    model.setSnapshot(entrySnapshot(
        {entryRow("stock:A", "L1", 60s, 3), entryRow("stock:B", "L1", 60s, 2), entryRow("stock:C", "L1", 60s, 1)}));
    settle(model);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QPersistentModelIndex held(model.index(2, 0));
    model.setSnapshot(entrySnapshot(
        {entryRow("stock:A", "L1", 60s, 3), entryRow("stock:C", "L1", 60s, 50), entryRow("stock:D", "L1", 60s, 99)}));
    settle(model);
    QCOMPARE(shownKeys(model), QStringList({QStringLiteral("stock:A"), QStringLiteral("stock:C")}));
    QCOMPARE(cell(model, 1, EntryColumn::Hits), QStringLiteral("50"));
    QCOMPARE(held.row(), 1);
    QCOMPARE(model.added(), 1);
    QVERIFY(model.isOutOfOrder());
    QCOMPARE(resets.count(), 0);

    model.arrange();
    settle(model);
    QCOMPARE(shownKeys(model),
        QStringList({QStringLiteral("stock:D"), QStringLiteral("stock:C"), QStringLiteral("stock:A")}));
    QCOMPARE(model.added(), 0);
    QVERIFY(!model.isOutOfOrder());
}

void tst_EntriesModel::refreshOfAnEmptyTableShowsTheRows()
{
    EntriesModel model;
    model.setSnapshot(entrySnapshot({}));
    settle(model);
    model.setSnapshot(entrySnapshot({entryRow("stock:A", "L1", 60s)}));
    settle(model);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.added(), 0);
}

void tst_EntriesModel::manyGapsAreOneReset()
{
    EntriesModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto rows = randomEntryRows(2000, 3);
    model.setSnapshot(entrySnapshot(rows));
    settle(model);
    std::vector<EntryRow> half;
    for (std::size_t i = 0; i < rows.size(); i += 2)
        half.push_back(rows[i]);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    model.setSnapshot(entrySnapshot(half));
    settle(model);
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(resets.count(), 1);
    QCOMPARE(removals.count(), 0);
}

void tst_EntriesModel::requestsMeanwhileAreOneMoreRun()
{
    EntriesModel model;
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy settled(&model, &EntriesModel::settled);
    model.setSnapshot(entrySnapshot(randomEntryRows(2000, 3)));
    for (const char *text : {"type:stock", "type:stock K1", "type:user", "type:user K2"})
        model.setFilter(*EntryFilter::parse(QString::fromLatin1(text)));
    settle(model);
    QCOMPARE(resets.count(), 2);
    QCOMPARE(settled.count(), 1);
    QVERIFY(model.rowCount() > 0);
    for (const QString &key : shownKeys(model))
        QVERIFY2(key.startsWith(QStringLiteral("user:K")) && key.contains(QStringLiteral("K2")), qPrintable(key));
}

void tst_EntriesModel::tickTouchesVisibleRowsOnly()
{
    EntriesModel model;
    model.setSnapshot(entrySnapshot(randomEntryRows(500, 3)));
    settle(model);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.tick(entriesTaken + 1s, 10, 30);
    QVERIFY(!changes.isEmpty());
    for (const auto &change : changes) {
        QVERIFY(change[0].toModelIndex().row() >= 10);
        QVERIFY(change[1].toModelIndex().row() <= 30);
    }
}

void tst_EntriesModel::fiftyThousandRows()
{
    EntriesModel model;
    auto rows = randomEntryRows(50'000, 5);
    model.setSnapshot(entrySnapshot(rows));
    settle(model);
    QCOMPARE(model.rowCount(), 50'000);
    model.setFilter(*EntryFilter::parse(QStringLiteral("type:stock")));
    settle(model);
    const int stocks = model.rowCount();
    QVERIFY(stocks > 9'000 && stocks < 11'000);
    QCOMPARE(model.typeCounts().at(QStringLiteral("stock")), quint64(stocks));
    rows.resize(49'990);
    QElapsedTimer timer;
    timer.start();
    model.setSnapshot(entrySnapshot(rows));
    settle(model);
    qInfo("followed a page of 50,000 rows in %lld ms, off the GUI thread", timer.elapsed());
    QVERIFY(model.rowCount() >= stocks - 10);
}

void tst_EntriesModel::rowAsJson()
{
    const EntryRow row = entryRow("search:삼성", "L1 L3", 30s, 2);
    const QJsonObject object = QJsonDocument::fromJson(entryJson(row, momentOf(row, entryContext(), 0ms))).object();
    QCOMPARE(object[QLatin1String("key")].toString(), QStringLiteral("search:삼성"));
    const QJsonObject tiers = object[QLatin1String("tiers")].toObject();
    QCOMPARE(tiers.keys(), QStringList({QStringLiteral("L1"), QStringLiteral("L3")}));
    QCOMPARE(tiers[QLatin1String("L3")].toObject()[QLatin1String("ttlMs")].toInteger(), 30'000);
    QCOMPARE(object[QLatin1String("expires")].toString(), QStringLiteral("2026-02-02T02:40:30.000Z"));
}

QTEST_GUILESS_MAIN(tst_EntriesModel)
#include "tst_entriesmodel.moc"
