// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

#include "pages/overviewpage.h"
#include "support/pagerig.h"
#include "support/snapshots.h"
#include "theme/fonts.h"
#include "theme/language.h"
#include "widgets/markerfilter.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

enum ChartIndex { HitRatio, AnsweredBy, Latency, Memory, Churn };

/// How much of the chart's plot has about this colour; areas are drawn a little translucent over the paper.
double shareOf(const TimeChart *chart, const QColor &colour, double opacity = 1.0)
{
    auto *view = const_cast<TimeChart *>(chart);
    const QImage image = view->viewport()->grab(chart->plotRect().toAlignedRect()).toImage();
    const QColor paper = chart->palette().color(QPalette::Base);
    const auto mixed = [&](int ink, int base) { return ink * opacity + base * (1 - opacity); };
    const double r = mixed(colour.red(), paper.red()), g = mixed(colour.green(), paper.green()),
                 b = mixed(colour.blue(), paper.blue());
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (std::abs(pixel.red() - r) < 24 && std::abs(pixel.green() - g) < 24 && std::abs(pixel.blue() - b) < 24)
                ++found;
        }
    }
    return double(found) / std::max(1, image.width() * image.height());
}

struct Board {
    OverviewPage page;

    explicit Board(const QSize &size = {1100, 640})
    {
        page.resize(size);
        page.show();
    }
    void show(Snapshot snapshot)
    {
        page.showSnapshot(shared(std::move(snapshot)));
        QCoreApplication::processEvents();
    }
    TimeChart *chart(int index) { return page.charts().at(index); }
    QString readout() { return page.findChild<QLabel *>(QStringLiteral("readout"))->text(); }
};

constexpr double areaOpacity = 0.78;

} // namespace

class tst_Overview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everySeriesIsDrawnInItsColour_data();
    void everySeriesIsDrawnInItsColour();
    void downTierLeavesAGap();
    void emptyChartsKeepTheirAxes();
    void emptyCardOffersTwoWays();
    void saysWhyL1MissesAndWhatWouldHelp();
    void suspendIsAHoleAndNoLine();
    void cursorIsSharedAndReadsValues();
    void keyboardReadsValues();
    void marksAreHiddenByKind();
    void aMarkIsOpenedByClickAndKey();
    void whatLastsIsABand();
    void anObjectiveIsShownAlone();
    void readoutSaysWhenThereIsNothing();
    void chartsAreNamedForScreenReaders();
    void rangeChangesTheAxis();
    void legendsAreWhole_data();
    void legendsAreWhole();
    void narrowPageHasTwoColumns();
    void pageSurvivesEverySize();
};

void tst_Overview::initTestCase()
{
    applyFonts();
}

void tst_Overview::init()
{
    applyTheme(ThemeChoice::Light);
    applyLanguage(Language::English);
}

void tst_Overview::everySeriesIsDrawnInItsColour_data()
{
    QTest::addColumn<int>("theme");
    QTest::newRow("light") << int(ThemeChoice::Light);
    QTest::newRow("dark") << int(ThemeChoice::Dark);
}

void tst_Overview::everySeriesIsDrawnInItsColour()
{
    QFETCH(int, theme);
    applyTheme(ThemeChoice(theme));
    Board board;
    board.show(degradedSnapshot());
    for (const Ink ink : {Ink::Overall, Ink::L1, Ink::L2, Ink::L3})
        QVERIFY2(shareOf(board.chart(HitRatio), inkColor(ink)) > 0.0008, qPrintable(QString::number(int(ink))));
    for (const Ink ink : {Ink::L1, Ink::L2, Ink::L3, Ink::Api, Ink::StaleServed, Ink::Error})
        QVERIFY2(
            shareOf(board.chart(AnsweredBy), inkColor(ink), areaOpacity) > 0.01, qPrintable(QString::number(int(ink))));
    QVERIFY(shareOf(board.chart(Latency), inkColor(Ink::Overall)) > 0.003);
    QVERIFY(shareOf(board.chart(Memory), inkColor(Ink::L1), areaOpacity) > 0.05);
    QVERIFY(shareOf(board.chart(Memory), inkColor(Ink::L2), areaOpacity) > 0.05);
    QVERIFY(shareOf(board.chart(Churn), inkColor(Ink::Error)) > 0.0005);
    // A theme that changes under the page takes every series along.
    const QColor before = inkColor(Ink::L1);
    applyTheme(ThemeChoice(theme) == ThemeChoice::Light ? ThemeChoice::Dark : ThemeChoice::Light);
    QCoreApplication::processEvents();
    QVERIFY(shareOf(board.chart(HitRatio), inkColor(Ink::L1)) > 0.0008);
    QVERIFY(shareOf(board.chart(HitRatio), before) < 0.0001);
}

void tst_Overview::downTierLeavesAGap()
{
    Board board;
    board.show(normalSnapshot());
    const double whole = shareOf(board.chart(Memory), inkColor(Ink::L2), areaOpacity);
    board.show(degradedSnapshot());
    const double gapped = shareOf(board.chart(Memory), inkColor(Ink::L2), areaOpacity);
    QVERIFY2(gapped < 0.85 * whole, qPrintable(QStringLiteral("%1 of %2").arg(gapped).arg(whole)));
}

void tst_Overview::emptyChartsKeepTheirAxes()
{
    Board board;
    board.show(emptySnapshot());
    for (TimeChart *chart : board.page.charts()) {
        QVERIFY(chart->plotRect().width() > 150);
        QVERIFY(chart->plotRect().height() > 60);
    }
    QCOMPARE(shareOf(board.chart(AnsweredBy), inkColor(Ink::L1), areaOpacity), 0.0);
}

void tst_Overview::emptyCardOffersTwoWays()
{
    Board board;
    board.show(emptySnapshot());
    auto *card = board.page.findChild<QWidget *>(QStringLiteral("emptyCard"));
    QVERIFY(card->isVisible());
    QSignalSpy lookup(&board.page, &OverviewPage::quickLookupRequested);
    QSignalSpy workload(&board.page, &OverviewPage::workloadRequested);
    for (QPushButton *button : card->findChildren<QPushButton *>())
        QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(lookup.size(), 1);
    QCOMPARE(workload.size(), 1);
    board.show(normalSnapshot());
    QVERIFY(!card->isVisible());
}

void tst_Overview::saysWhyL1MissesAndWhatWouldHelp()
{
    Board board;
    const auto *line = board.page.findChild<QLabel *>(QStringLiteral("misses"));
    board.show(normalSnapshot());
    QVERIFY(!line->isVisible());
    Snapshot snapshot = normalSnapshot();
    snapshot.window.missReasons[0][std::size_t(MissReason::Cold)] = 1;
    snapshot.window.missReasons[0][std::size_t(MissReason::Expired)] = 3;
    WhatIfReport report;
    report.actual = report.simulated = 0.6;
    for (const double factor : {0.5, 1.0, 2.0, 4.0}) {
        report.capacity.push_back({factor, 0.61});
        report.ttl.push_back({factor, 0.4 + factor / 5});
    }
    snapshot.whatIf = report;
    board.show(snapshot);
    QCOMPARE(line->text(), QStringLiteral("L1 missed in the last minute: expired 75.0% · cold 25.0%"));
    QVERIFY(line->isVisible() && line->toolTip().isEmpty());
    snapshot.whatIf->verdict = WhatIfReport::Verdict::TtlBound;
    snapshot.whatIf->ttl.back().hitRatio = 0.93;
    board.show(snapshot);
    QVERIFY(line->text().endsWith(
        QStringLiteral("TTL-bound: 60.0% hits, 80.0% with twice the life, 61.0% with twice the room")));
    QVERIFY(line->toolTip().contains(QStringLiteral("4× 93.0%")));
}

void tst_Overview::suspendIsAHoleAndNoLine()
{
    Board board;
    Snapshot snapshot = normalSnapshot();
    auto &series = snapshot.series;
    series.erase(series.begin() + 100, series.begin() + 200);
    board.show(snapshot);
    for (const ChartIndex index : {HitRatio, AnsweredBy}) {
        const QRectF plot = board.chart(index)->plotRect();
        const QImage image = board.chart(index)->viewport()->grab().toImage();
        // Is there L1's blue in this column of the plot?
        const auto isInked = [&](double share) {
            for (int y = int(plot.top()) + 20; y < int(plot.bottom()); ++y) {
                const QColor pixel = image.pixelColor(int(plot.left() + share * plot.width()), y);
                if (std::abs(pixel.hue() - inkColor(Ink::L1).hue()) < 20 && pixel.saturation() > 100)
                    return true;
            }
            return false;
        };
        QVERIFY(isInked(0.25));
        QVERIFY(!isInked(0.5));
        QVERIFY(isInked(0.9));
    }
}

void tst_Overview::cursorIsSharedAndReadsValues()
{
    Board board;
    board.show(normalSnapshot());
    TimeChart *chart = board.chart(HitRatio);
    const QString hint = board.readout();
    const QPoint middle = chart->plotRect().center().toPoint();
    QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, middle);
    QVERIFY2(board.readout().contains(QStringLiteral("Hit ratio")), qPrintable(board.readout()));
    QVERIFY2(board.readout().contains(QStringLiteral("overall ")), qPrintable(board.readout()));
    QVERIFY(board.readout().contains(u'%'));
    // Pinned: the next snapshot and another chart leave it.
    QTest::mouseMove(board.chart(Memory)->viewport(), QPoint(120, 100));
    QVERIFY(board.readout().contains(QStringLiteral("Hit ratio")));
    QTest::keyClick(chart, Qt::Key_Escape);
    QCOMPARE(board.readout(), hint);
}

void tst_Overview::keyboardReadsValues()
{
    Board board;
    const Snapshot snapshot = normalSnapshot();
    board.show(snapshot);
    TimeChart *chart = board.chart(Latency);
    QTest::keyClick(chart, Qt::Key_End);
    const QString last = board.readout();
    QTest::keyClick(chart, Qt::Key_Left);
    QVERIFY(board.readout() != last);
    QTest::keyClick(chart, Qt::Key_Right);
    QCOMPARE(board.readout(), last);
    QTest::keyClick(chart, Qt::Key_Home);
    // The first second has the marker of the workload's start.
    QVERIFY2(board.readout().contains(QStringLiteral("Workload started")), qPrintable(board.readout()));
}

void tst_Overview::marksAreHiddenByKind()
{
    Board board;
    board.show(normalSnapshot());
    auto *filter = board.page.findChild<MarkerFilter *>();
    QCOMPARE(filter->text(), QStringLiteral("Marks"));
    const auto shownAtTheStart = [&] {
        for (const Qt::Key key : {Qt::Key_End, Qt::Key_Home})
            QTest::keyClick(board.chart(Latency), key);
        return board.readout().contains(QStringLiteral("Workload started"));
    };
    const auto picture = [&] { return board.chart(HitRatio)->viewport()->grab().toImage(); };
    QVERIFY(shownAtTheStart());
    const QImage whole = picture();
    QAction *started = nullptr;
    for (QAction *action : filter->menu()->actions()) {
        if (action->text().contains(QStringLiteral("Workload started")))
            started = action;
    }
    QVERIFY(started);
    started->trigger();
    QVERIFY(!shownAtTheStart());
    QVERIFY(picture() != whole);
    QCOMPARE(filter->text(), QStringLiteral("Marks (1 hidden)"));
    filter->menu()->actions().first()->trigger();
    QVERIFY(shownAtTheStart());
    QCOMPARE(picture(), whole);
}

void tst_Overview::whatLastsIsABand()
{
    Board board;
    Snapshot snapshot = normalSnapshot();
    board.show(snapshot);
    const auto edge = [&] { return shareOf(board.chart(Latency), inkColor(Ink::Error)); };
    const double before = edge();
    snapshot.spans.push_back({EventKind::RateLimited, "<b>x</b>", 1, snapshot.time - std::chrono::seconds(150),
        snapshot.time + std::chrono::seconds(60)});
    board.show(snapshot);
    QVERIFY(edge() > before + 0.001);
    // Hidden like the mark that began it, and not drawn where it is long over.
    board.chart(Latency)->setHiddenMarkers({EventKind::RateLimited});
    QCOMPARE(edge(), before);
    board.chart(Latency)->setHiddenMarkers({});
    snapshot.spans[0].from = snapshot.time - std::chrono::hours(2);
    snapshot.spans[0].until = snapshot.time - std::chrono::hours(1);
    board.show(snapshot);
    QCOMPARE(edge(), before);
}

void tst_Overview::anObjectiveIsShownAlone()
{
    Board board;
    board.show(normalSnapshot());
    const QSize small = board.chart(Latency)->size();
    board.page.showObjective(SloKind::MeanLatency);
    QApplication::processEvents();
    QVERIFY(board.chart(Latency)->isVisible() && !board.chart(HitRatio)->isVisible());
    QVERIFY(board.chart(Latency)->width() > small.width() && board.chart(Latency)->height() > small.height());
    board.page.showTime(snapshotEnd - std::chrono::seconds(30));
    QVERIFY(board.page.pinnedTime() == snapshotEnd - std::chrono::seconds(30));
    QVERIFY(board.readout().contains(QStringLiteral("Latency")));
    QTest::mouseClick(board.page.findChild<QPushButton *>(QStringLiteral("allCharts")), Qt::LeftButton);
    QApplication::processEvents();
    for (const TimeChart *chart : board.page.charts())
        QVERIFY(chart->isVisible());
    QCOMPARE(board.chart(Latency)->size(), small);
}

void tst_Overview::aMarkIsOpenedByClickAndKey()
{
    Board board;
    Snapshot snapshot = normalSnapshot();
    const EventPtr mark = snapshot.markers.back();
    board.show(snapshot);
    TimeChart *chart = board.chart(HitRatio);
    QSignalSpy opened(&board.page, &OverviewPage::markerActivated);
    const QRectF plot = chart->plotRect();
    // 120 of the last 300 seconds ago.
    const QPoint sign(int(plot.left() + plot.width() * 0.6), int(plot.top()) + 5);
    QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, sign + QPoint(0, int(plot.height() / 2)));
    QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, sign + QPoint(60, 0));
    QCOMPARE(opened.count(), 0);
    QTest::keyClick(chart, Qt::Key_Return); // the cursor is where there is none
    QCOMPARE(opened.count(), 0);
    QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, sign);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened[0][0].value<EventPtr>(), mark);
    QTest::keyClick(chart, Qt::Key_Return);
    QCOMPARE(opened.count(), 2);
    QCOMPARE(opened[1][0].value<EventPtr>(), mark);
}

void tst_Overview::readoutSaysWhenThereIsNothing()
{
    Board board;
    Snapshot snapshot = normalSnapshot();
    snapshot.series.erase(snapshot.series.begin(), snapshot.series.begin() + 230);
    board.show(snapshot);
    const QRectF plot = board.chart(Memory)->plotRect();
    QTest::mouseClick(board.chart(Memory)->viewport(), Qt::LeftButton, {},
        QPoint(int(plot.left() + plot.width() * 0.2), int(plot.center().y())));
    QVERIFY2(board.readout().contains(QStringLiteral("no data")), qPrintable(board.readout()));
}

void tst_Overview::chartsAreNamedForScreenReaders()
{
    Board board;
    board.show(normalSnapshot());
    for (TimeChart *chart : board.page.charts()) {
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(chart);
        QVERIFY(face);
        QCOMPARE(face->role(), QAccessible::Chart);
        QVERIFY(!face->text(QAccessible::Name).isEmpty());
        QVERIFY(face->text(QAccessible::Description).size() > 20);
    }
    const QString before = board.chart(HitRatio)->accessibleDescription();
    // Not on every tick, or a screen reader would never come to rest.
    Snapshot next = degradedSnapshot();
    next.time += std::chrono::seconds(1);
    board.show(next);
    QCOMPARE(board.chart(HitRatio)->accessibleDescription(), before);
    next.time += std::chrono::seconds(10);
    board.show(next);
    QVERIFY(board.chart(HitRatio)->accessibleDescription() != before);
}

void tst_Overview::rangeChangesTheAxis()
{
    Board board;
    Snapshot snapshot = normalSnapshot(300);
    snapshot.series.erase(snapshot.series.begin() + 1, snapshot.series.begin() + 240);
    board.page.setRange(SeriesRange::Minute1);
    board.show(snapshot);
    const double whole = shareOf(board.chart(AnsweredBy), inkColor(Ink::L1), areaOpacity);
    board.page.setRange(SeriesRange::Minutes5);
    board.show(snapshot);
    const double fifth = shareOf(board.chart(AnsweredBy), inkColor(Ink::L1), areaOpacity);
    QVERIFY2(fifth < 0.4 * whole, qPrintable(QStringLiteral("%1 of %2").arg(fifth).arg(whole)));
}

void tst_Overview::legendsAreWhole_data()
{
    QTest::addColumn<int>("language");
    QTest::addColumn<QSize>("size");
    for (const auto &[name, language] : {std::pair("en", Language::English), std::pair("ko", Language::Korean)}) {
        // The smallest window, with a panel open and without, and the narrowest board of three columns.
        for (const QSize &size : {QSize(540, 500), QSize(892, 500), QSize(980, 600)})
            QTest::addRow("%s-%d", name, size.width()) << int(language) << size;
    }
}

void tst_Overview::legendsAreWhole()
{
    QFETCH(int, language);
    QFETCH(QSize, size);
    applyLanguage(Language(language));
    Board board(size);
    board.show(normalSnapshot());
    keepPicture(board.page, QStringLiteral("legends-") + QString::fromLatin1(QTest::currentDataTag()));
    for (const TimeChart *chart : board.page.charts()) {
        const ChartHeader header = chart->header();
        const QRectF place = chart->headerRect();
        const QList<QRectF> keys = header.keyPlaces(place);
        QCOMPARE(keys.size(), header.keys.size());
        for (qsizetype i = 0; i < keys.size(); ++i) {
            QVERIFY2(keys[i].right() <= place.right(), qPrintable(header.keys[i].text));
            QVERIFY2(keys[i].bottom() < chart->plotRect().top(), qPrintable(header.keys[i].text));
            QVERIFY(i == 0 || !keys[i].intersects(keys[i - 1]));
        }
    }
}

void tst_Overview::narrowPageHasTwoColumns()
{
    Board wide({1100, 640});
    wide.show(normalSnapshot());
    QCOMPARE(wide.chart(Latency)->y(), wide.chart(Churn)->y());
    Board narrow({860, 640});
    narrow.show(normalSnapshot());
    QVERIFY(narrow.chart(Churn)->y() > narrow.chart(Memory)->y());
    narrow.page.resize(1100, 640);
    QCoreApplication::processEvents();
    QCOMPARE(narrow.chart(Latency)->y(), narrow.chart(Churn)->y());
}

void tst_Overview::pageSurvivesEverySize()
{
    Board board;
    for (const QSize &size : {QSize(200, 100), QSize(4000, 2400), QSize(600, 300)}) {
        board.page.resize(size);
        board.show(degradedSnapshot());
        QVERIFY(!board.page.grab().isNull());
    }
}

QTEST_MAIN(tst_Overview)
#include "tst_overview.moc"
