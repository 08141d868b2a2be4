// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QListView>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimeEdit>

#include "models/invalidationhistory.h"
#include "models/undooffers.h"
#include "support/openpanel.h"

using namespace insitecache;
using namespace insitecache::test;

/// What comes after an invalidation was agreed to: undo, schedule, history.
class tst_InvalidationHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void anUndoRestoresWhatIsNotNewer();
    void offersEndAfterTheirTime();
    void promisesAndOutcomesOfUndo();
    void scheduledIsListedAndCancelled();
    void aLargeScheduleAsksFirst();
    void aTimeThatHasPassedIsNamed();
    void historyFillsTheFormAgain();
    void historyIsOpenedAtATime();
    void historyKeepsTheLastFifty();
};

void tst_InvalidationHistory::anUndoRestoresWhatIsNotNewer()
{
    OpenPanel open(stockKeys(0, 12) + QStringList{QStringLiteral("search:apple"), QStringLiteral("search:삼성전자")});
    QSignalSpy offered(&open.panel, &InvalidationPanel::undoOffered);
    open.typePattern(QStringLiteral("search:*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    QCOMPARE(open.text("previewUndo"), QStringLiteral("Can be undone for 30 s"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    auto *undo = open.child<QPushButton>("undoButton");
    QTRY_VERIFY(undo->isVisible());
    QVERIFY2(undo->text().startsWith(QStringLiteral("Undo (")), qPrintable(undo->text()));
    QVERIFY(offered.last().first().toInt() > 0);
    QVERIFY(open.text("undoText").contains(QStringLiteral("search:*: 2 keys")));
    inEveryLook(open.panel, QStringLiteral("invalidation-undo"), [&] { QVERIFY(undo->isVisible()); });

    open.rig.load({QStringLiteral("search:apple")});
    QTest::mouseClick(undo, Qt::LeftButton);
    QTRY_COMPARE(open.text("undoText"), QStringLiteral("✔ 1 restored · 1 already newer"));
    QCOMPARE(open.rig.held().size(), 14);
    QVERIFY(!undo->isVisible());
    QCOMPARE(offered.last().first().toInt(), 0);
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    keepPicture(open.panel, QStringLiteral("invalidation-undone"));
    open.panel.undo(); // nothing is left to undo
    QCOMPARE(open.text("undoText"), QStringLiteral("✔ 1 restored · 1 already newer"));
}

void tst_InvalidationHistory::offersEndAfterTheirTime()
{
    UndoOffers offers;
    const SteadyTime start{Millis(1'000'000)};
    QVERIFY(!offers.newest(start));
    offers.add(1, QStringLiteral("stock:AAPL"), 1, start);
    offers.add(2, QStringLiteral("search:*"), 13, start + Millis(10'000));
    QCOMPARE(offers.newest(start + Millis(10'000))->id, 2u);
    QCOMPARE(offers.newest(start + Millis(10'000))->secondsLeft(start + Millis(10'000)), 30);
    QCOMPARE(offers.newest(start + Millis(10'001))->secondsLeft(start + Millis(39'999)), 1);
    offers.drop(2);
    QCOMPARE(offers.newest(start + Millis(29'999))->id, 1u);
    QVERIFY(!offers.newest(start + Millis(30'000)));
}

void tst_InvalidationHistory::promisesAndOutcomesOfUndo()
{
    InvalidationPreview preview;
    preview.keys = 1;
    QVERIFY(isHarmless(preview));
    preview.undoable = false;
    QVERIFY(!isHarmless(preview));
    QVERIFY(undoPromise(preview).startsWith(QStringLiteral("▲ Cannot be undone")));
    UndoResult result;
    result.restored = 11;
    QCOMPARE(undoOutcome(result), QStringLiteral("✔ 11 restored"));
    result.newer = 2;
    result.expired = 1;
    result.partial.push_back({Stage::L2, {ErrorCode::Timeout, "no answer"}});
    QVERIFY(undoOutcome(result).startsWith(
        QStringLiteral("▲ 11 restored · 2 already newer · 1 expired meanwhile\nL2 did not take its copies back: ")));
}

void tst_InvalidationHistory::scheduledIsListedAndCancelled()
{
    OpenPanel open(stockKeys(0, 3));
    open.panel.setTarget(Selector::pattern(Glob::compile("search:*").value()));
    QTRY_COMPARE(open.button->text(), QStringLiteral("No key to invalidate"));
    open.child<QComboBox>("dueWhen")->setCurrentIndex(1);
    open.child<QSpinBox>("dueSeconds")->setValue(3600);
    QTRY_VERIFY(open.button->isEnabled());
    QCOMPARE(open.button->text(), QStringLiteral("Schedule in 3600 s"));
    inEveryLook(open.panel, QStringLiteral("invalidation-later"), [&] { QVERIFY(open.button->isEnabled()); });
    QTest::mouseClick(open.button, Qt::LeftButton);
    auto *table = open.child<QTableWidget>("scheduledTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->rowCount(), 1);
    QCOMPARE(table->item(0, 1)->text(), QStringLiteral("search:* and dependents"));
    QVERIFY(table->item(0, 0)->text().contains(QStringLiteral("59:5"))
        || table->item(0, 0)->text().contains(QStringLiteral("1:00:00")));
    QCOMPARE(open.child<QTabWidget>("invalidationTabs")->tabText(1), QStringLiteral("Scheduled (1)"));
    QCOMPARE(open.child<QComboBox>("dueWhen")->currentIndex(), 0);
    QCOMPARE(open.rig.held().size(), 3);
    inEveryLook(open.panel, QStringLiteral("invalidation-scheduled"), [&] { QVERIFY(table->isVisible()); });
    QSignalSpy said(&open.panel, &InvalidationPanel::messageShown);
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(!table->isVisible());
    QCOMPARE(open.text("scheduledText"), QStringLiteral("Nothing is scheduled."));
    QCOMPARE(said.first().first().toString(), QStringLiteral("Cancelled: search:* and dependents"));
    QVERIFY(open.rig.monitor().scheduled().result()->empty());
}

void tst_InvalidationHistory::aLargeScheduleAsksFirst()
{
    OpenPanel open(stockKeys(0, 3));
    open.panel.setTarget(Selector::all());
    open.child<QComboBox>("dueWhen")->setCurrentIndex(1);
    QTRY_VERIFY(open.button->isEnabled());
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QVERIFY(open.rig.monitor().scheduled().result()->empty());
    open.question()->reject();
    QTRY_VERIFY(open.button->isEnabled());
    QVERIFY(open.rig.monitor().scheduled().result()->empty());
}

void tst_InvalidationHistory::aTimeThatHasPassedIsNamed()
{
    OpenPanel open(stockKeys(0, 3));
    open.panel.setTarget(Selector::type("stock"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 3 keys"));
    open.child<QComboBox>("dueWhen")->setCurrentIndex(2);
    open.child<QTimeEdit>("dueTime")->setTime(QTime(0, 0));
    QCOMPARE(open.text("previewBadge"), QStringLiteral("✖ 00:00:00 has passed today"));
    QVERIFY(!open.button->isEnabled());
}

void tst_InvalidationHistory::historyFillsTheFormAgain()
{
    OpenPanel open(stockKeys(0, 12) + QStringList{QStringLiteral("search:apple")});
    open.child<QAbstractButton>("invalidationTier2")->click();
    open.child<QAbstractButton>("invalidationDependents")->click();
    typeText(*open.child<QLineEdit>("invalidationReason"), QStringLiteral("holiday"));
    open.typePattern(QStringLiteral("search:*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 1 key"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.child<QLabel>("invalidationResult")->isVisible());

    open.child<QAbstractButton>("invalidationTier2")->click();
    open.child<QAbstractButton>("invalidationDependents")->click();
    open.child<QLineEdit>("invalidationReason")->clear();
    open.panel.setTarget(Selector::type("stock"));
    auto *tabs = open.child<QTabWidget>("invalidationTabs");
    tabs->setCurrentIndex(tabs->count() - 1);
    auto *list = open.child<QListView>("invalidationHistory");
    QCOMPARE(list->model()->rowCount(), 1);
    QVERIFY(list->model()->index(0, 0).data().toString().contains(QStringLiteral("deleted 1")));
    QVERIFY(!open.child<QPushButton>("fillAgain")->isEnabled());
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::mouseClick(open.child<QPushButton>("fillAgain"), Qt::LeftButton);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(open.child<QLineEdit>("invalidationPattern")->text(), QStringLiteral("search:*"));
    QCOMPARE(open.child<QLineEdit>("invalidationReason")->text(), QStringLiteral("holiday"));
    QVERIFY(!open.child<QAbstractButton>("invalidationTier2")->isChecked());
    QVERIFY(!open.child<QAbstractButton>("invalidationDependents")->isChecked());
    QTRY_COMPARE(open.button->text(), QStringLiteral("No key to invalidate"));
}

void tst_InvalidationHistory::historyIsOpenedAtATime()
{
    InvalidationHistory history;
    const WallTime start{Millis(1'000'000)};
    QCOMPARE(history.rowNear(start), -1);
    for (int second : {0, 2, 60})
        history.add({}, {}, start + std::chrono::seconds(second));
    QCOMPARE(history.rowNear(start + Millis(900)), 2);
    QCOMPARE(history.rowNear(start + Millis(1100)), 1);
    QCOMPARE(history.rowNear(start + Millis(57'000)), 0);
    QCOMPARE(history.rowNear(start + Millis(56'999)), -1);

    OpenPanel open(stockKeys(0, 20));
    QVERIFY(!open.panel.showHistory(Clock::system().wall()));
    QSignalSpy done(&open.panel, &InvalidationPanel::invalidated);
    open.panel.setTarget(Selector::keys({cacheKey(QStringLiteral("stock:S101"))}), true);
    QTRY_COMPARE(done.count(), 1);
    auto *list = open.child<QListView>("invalidationHistory");
    auto *tabs = open.child<QTabWidget>("invalidationTabs");
    QCOMPARE(tabs->currentIndex(), 0);
    QVERIFY(open.panel.showHistory(Clock::system().wall()));
    QCOMPARE(tabs->currentIndex(), 2);
    QVERIFY(list->currentIndex().data().toString().contains(QStringLiteral("stock:S101")));
    open.panel.setFocus();
    QCOMPARE(open.panel.focusWidget(), list);
    inEveryLook(open.panel, QStringLiteral("invalidation-history"), [&] { QVERIFY(list->isVisible()); });
}

void tst_InvalidationHistory::historyKeepsTheLastFifty()
{
    InvalidationHistory history;
    QAbstractItemModelTester tester(&history);
    for (int i = 0; i < InvalidationHistory::most + 3; ++i) {
        Invalidation wish;
        wish.reason = std::to_string(i);
        history.add(wish, {}, {});
    }
    QCOMPARE(history.rowCount(), InvalidationHistory::most);
    QCOMPARE(history.wishAt(0)->reason, std::string("52"));
    QCOMPARE(history.wishAt(history.rowCount() - 1)->reason, std::string("3"));
    QVERIFY(!history.wishAt(-1) && !history.wishAt(history.rowCount()));
}

QTEST_MAIN(tst_InvalidationHistory)
#include "tst_invalidationhistory.moc"
