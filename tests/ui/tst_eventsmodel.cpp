// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

#include "formatting/csv.h"
#include "models/eventexport.h"
#include "models/eventsmodel.h"
#include "models/eventtexts.h"
#include "models/newsfilter.h"
#include "support/snapshots.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

constexpr char evil[] = "=cmd|'/c calc'!A1<img src=x onerror=1>\n\"<b>\"";

EventPtr eventOf(std::uint64_t id, EventSeverity severity = EventSeverity::Info, const char *target = "stock:AAPL")
{
    return std::make_shared<const Event>(Event{.id = id, .time = snapshotEnd, .severity = severity, .target = target});
}

std::vector<EventPtr> eventsFrom(std::uint64_t first, int count, EventSeverity severity = EventSeverity::Info)
{
    std::vector<EventPtr> events;
    for (int i = 0; i < count; ++i)
        events.push_back(eventOf(first + std::uint64_t(i), severity));
    return events;
}

Event evilEvent()
{
    return {.id = 1,
        .time = snapshotEnd,
        .kind = EventKind::Bookmark,
        .target = evil,
        .reason = "@SUM(A1)",
        .took = Millis(1500),
        .detail = evil};
}

QString cellOf(const EventsModel &model, int row, EventColumn column, int role = Qt::DisplayRole)
{
    return model.index(row, static_cast<int>(column)).data(role).toString();
}

} // namespace

class tst_EventsModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theModelKeepsItsPromises()
    {
        EventsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.add(eventsFrom(1, 100));
        model.add(eventsFrom(101, 50, EventSeverity::Error));
        EventFilter errors;
        errors.severities = {EventSeverity::Error};
        model.setFilter(errors);
        QCOMPARE(model.rowCount(), 50);
        model.add(eventsFrom(151, 10, EventSeverity::Error));
        model.add(eventsFrom(161, 10));
        QCOMPARE(model.rowCount(), 60);
        QCOMPARE(model.rowOf(101), 0);
        QCOMPARE(model.rowOf(161), -1);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 170);
        QCOMPARE(model.newest(), std::uint64_t(170));
    }

    void errorsStayWhenOthersGo()
    {
        EventsModel model;
        model.add(eventsFrom(1, 1, EventSeverity::Error));
        model.add(eventsFrom(2, 9'999));
        // It looks at every row at each change: only for one of them.
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.add(eventsFrom(10'001, 1));
        QObject::disconnect(&model, nullptr, &tester, nullptr);
        QCOMPARE(model.total(), EventsModel::most);
        QCOMPARE(model.rowCount(), 10'000);
        QCOMPARE(model.eventAt(0)->id, std::uint64_t(1));
        QCOMPARE(model.eventAt(1)->id, std::uint64_t(3));
        // Too many of them would leave no room for anything else.
        model.add(eventsFrom(20'000, 1'005, EventSeverity::Error));
        model.add(eventsFrom(30'000, 10));
        QCOMPARE(model.total(), EventsModel::most);
        QCOMPARE(model.rowOf(1), -1);
        QVERIFY(model.rowOf(20'900) >= 0);
    }

    void filterNeedsEveryWordAndOneOfEachChip()
    {
        EventsModel model;
        model.add({eventOf(1, EventSeverity::Info, "stock:AAPL"), eventOf(2, EventSeverity::Error, "stock:MSFT"),
            std::make_shared<const Event>(Event{.id = 3,
                .kind = EventKind::TierDown,
                .severity = EventSeverity::Error,
                .target = "L2",
                .detail = "connection refused"})});
        const auto rowsFor
            = [&](const char *text, std::set<EventSeverity> severities = {}, std::set<EventGroup> groups = {}) {
                  EventFilter filter;
                  filter.setText(QString::fromUtf8(text));
                  filter.severities = std::move(severities);
                  filter.groups = std::move(groups);
                  model.setFilter(filter);
                  return model.rowCount();
              };
        QCOMPARE(rowsFor("aapl"), 1);
        QCOMPARE(rowsFor("  invalidation   MSFT "), 1);
        QCOMPARE(rowsFor("REFUSED"), 1);
        QCOMPARE(rowsFor("tier-down"), 1);
        QCOMPARE(rowsFor("aapl msft"), 0);
        QCOMPARE(rowsFor("", {EventSeverity::Error}), 2);
        QCOMPARE(rowsFor("", {EventSeverity::Error}, {EventGroup::Invalidations}), 1);
        QCOMPARE(rowsFor("", {}, {EventGroup::Invalidations, EventGroup::Tiers}), 3);
        QCOMPARE(rowsFor("", {}, {EventGroup::Bookmarks}), 0);
    }

    void everyKindHasWordsAndAGroup()
    {
        std::set<EventGroup> groups;
        QSet<QString> names;
        for (int kind = 0; kind < eventKindCount; ++kind) {
            QVERIFY(!eventGlyph(EventKind(kind)).isEmpty());
            names.insert(eventName(EventKind(kind)));
            groups.insert(eventGroup(EventKind(kind)));
            QVERIFY(!isBadNews(EventKind(kind))
                || !eventSentence({.kind = EventKind(kind), .target = "L2", .detail = "why"}).isEmpty());
        }
        QCOMPARE(names.size(), qsizetype(eventKindCount));
        QCOMPARE(groups.size(), std::size_t(5));
    }

    void foreignTextIsOneLineAndNoMarkup()
    {
        EventsModel model;
        model.add({std::make_shared<const Event>(evilEvent())});
        const QString target = cellOf(model, 0, EventColumn::Target);
        QVERIFY(!target.contains(u'\n') && target.contains(QStringLiteral("<img")));
        const QString tip = cellOf(model, 0, EventColumn::Target, Qt::ToolTipRole);
        QVERIFY(!tip.contains(QStringLiteral("<img")) && tip.contains(QStringLiteral("&lt;img")));
    }

    void csvIsGuardedAgainstFormulas()
    {
        QCOMPARE(csv::row({QStringLiteral("=1+1"), QStringLiteral("a\"b"), QString(), QStringLiteral("\t-")}),
            QByteArray("\"'=1+1\",\"a\"\"b\",\"\",\"'\t-\"\r\n"));
        const QByteArray csv = eventsAsCsv({std::make_shared<const Event>(evilEvent())});
        QVERIFY(csv.startsWith("\xEF\xBB\xBF\"time\",\"time_ms\",\"kind\""));
        QVERIFY(csv.contains("\"'=cmd|'/c calc'!A1<img src=x onerror=1>\n\"\"<b>\"\"\""));
        QVERIFY(csv.contains("\"'@SUM(A1)\""));
        QVERIFY(csv.contains("\"1.5\""));
    }

    void jsonLinesKeepTheTextAsItIs()
    {
        const QByteArray lines = eventsAsJsonLines({std::make_shared<const Event>(evilEvent()), eventOf(2)});
        QCOMPARE(lines.count('\n'), 2);
        const auto first = QJsonDocument::fromJson(lines.left(lines.indexOf('\n')));
        QCOMPARE(first[QLatin1String("target")].toString(), QString::fromUtf8(evil));
    }

    void newsIsToldOnceAndItsEndOnlyIfItWasTold()
    {
        NewsFilter filter;
        Snapshot snapshot = emptySnapshot();
        const auto add = [&](EventKind kind, int second) {
            addMarker(snapshot,
                {.time = snapshotEnd + std::chrono::seconds(second), .kind = kind, .target = "L2", .took = Millis(1)});
            return filter.take(snapshot).size();
        };
        QCOMPARE(add(EventKind::Invalidation, 0), std::size_t(0));
        QCOMPARE(add(EventKind::TierUp, 0), std::size_t(0));
        QCOMPARE(add(EventKind::TierDown, 1), std::size_t(1));
        QCOMPARE(filter.take(snapshot).size(), std::size_t(0));
        QCOMPARE(add(EventKind::TierUp, 5), std::size_t(1));
        // It flaps: nothing more is said within the minute, of its end neither.
        for (int second = 6; second < 60; second += 2) {
            QCOMPARE(add(EventKind::TierDown, second), std::size_t(0));
            QCOMPARE(add(EventKind::TierUp, second + 1), std::size_t(0));
        }
        QCOMPARE(add(EventKind::TierDown, 61), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(tst_EventsModel)
#include "tst_eventsmodel.moc"
