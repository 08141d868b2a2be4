// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTimeEdit>

#include "dialogs/confirminvalidation.h"
#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "support/pagerig.h"
#include "models/undooffers.h"
#include "widgets/historyview.h"
#include "widgets/invalidationpanel.h"
#include "widgets/outcomeview.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

std::map<std::string, Result<std::string>> someAnswers()
{
    std::map<std::string, Result<std::string>> answers;
    for (int i = 0; i < 60; ++i)
        answers.emplace("stock:S" + std::to_string(100 + i), cborOf(QCborMap{{QStringLiteral("price"), i}}));
    for (const char *text : {"search:apple", "search:삼성전자", "sentiment:AAPL"})
        answers.emplace(text, cborOf(QCborMap{}));
    return answers;
}

QStringList stockKeys(int from, int count)
{
    QStringList keys;
    for (int i = from; i < from + count; ++i)
        keys += QStringLiteral("stock:S%1").arg(100 + i);
    return keys;
}

/// The panel over a real cache.
struct OpenPanel {
    PageRig rig;
    InvalidationPanel panel{rig.monitor()};
    QPushButton *button = panel.findChild<QPushButton *>(QStringLiteral("invalidateButton"));

    explicit OpenPanel(const QStringList &keys, bool readOnly = false) : rig(someAnswers(), readOnly)
    {
        rig.load(keys);
        // The size of the cache, as the snapshots tell it, decides what counts as a large part.
        if (!readOnly)
            QTRY_VERIFY(knownEntries(*rig.monitor().snapshot()) >= std::size_t(keys.size()));
        panel.resize(360, 760);
        panel.show();
    }
    template <class T>
    T *child(const char *name)
    {
        return panel.findChild<T *>(QString::fromLatin1(name));
    }
    QString text(const char *label) { return child<QLabel>(label)->text(); }
    void typePattern(const QString &pattern)
    {
        QTest::mouseClick(child<QRadioButton>("scopePattern"), Qt::LeftButton);
        auto *line = child<QLineEdit>("invalidationPattern");
        line->clear();
        typeText(*line, pattern);
    }
    QString bytesOf(const char *pattern)
    {
        const Invalidation wish{Selector::pattern(Glob::compile(pattern).value())};
        return format::bytes(rig.monitor().preview(wish).result().bytes);
    }
    ConfirmInvalidation *question() { return panel.findChild<ConfirmInvalidation *>(); }
};

} // namespace

class tst_Invalidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void rules();
    void typedPatternIsCountedAndGone();
    void oneTypedKey();
    void dependentsFallToo();
    void onlyTheChosenLevels();
    void markedStaleIsStillHeld();
    void everythingAsksFirst();
    void aLiveProfileAsksByItsName();
    void aScarceQuotaOffersToMarkStale();
    void anotherCountAsksAgain();
    void anUnreachedTierIsPartialAndTriedAgain();
    void anUndoRestoresWhatIsNotNewer();
    void offersEndAfterTheirTime();
    void oneHarmlessKeyGoesAtOnce();
    void promisesAndOutcomesOfUndo();
    void scheduledIsListedAndCancelled();
    void aLargeScheduleAsksFirst();
    void aTimeThatHasPassedIsNamed();
    void historyFillsTheFormAgain();
    void historyKeepsTheLastFifty();
    void badInputIsNamed();
    void targetsFromElsewhere();
    void readOnlyRefuses();
    void looks();
};

void tst_Invalidation::rules()
{
    QVERIFY(!isLarge({1, 1}));
    QVERIFY(!isLarge({1000, 20'000}));
    QVERIFY(isLarge({1001, 0}));
    QVERIFY(isLarge({200, 1000}));
    QVERIFY(!isLarge({199, 1000}));
    QVERIFY(isLarge({1, 1000, true}));
    QVERIFY(!isLarge({1, 1000, false, true}));
    QVERIFY(isLarge({2, 1000, false, true}));
    QVERIFY(!exceedsQuota({213, 1000}));
    QVERIFY(!exceedsQuota({213, 1000, false, false, 213}));
    QVERIFY(exceedsQuota({213, 1000, false, false, 212}));
    QVERIFY(exceedsQuota({1, 1000, false, false, -1}));
    QVERIFY(!isAnotherCount(100, 110));
    QVERIFY(isAnotherCount(100, 111));
    QVERIFY(!isAnotherCount(5, 15));
    QVERIFY(isAnotherCount(5, 16));
    QVERIFY(isAnotherCount(200, 100));
    QVERIFY(!isAnotherCount(1000, 1090));
    QCOMPARE(hopCounts({}), QString());
    QCOMPARE(hopCounts({7}), QString());
    QCOMPARE(hopCounts({1, 9, 3}), QStringLiteral("1 named · step 1: 9 · step 2: 3"));
    QCOMPARE(hopCounts({1, 1, 1, 1, 1, 1, 2000}),
        QStringLiteral("1 named · step 1: 1 · step 2: 1 · step 3: 1 · step 4: 1 · further: 2,001"));
}

void tst_Invalidation::typedPatternIsCountedAndGone()
{
    OpenPanel open(stockKeys(0, 12) + QStringList{QStringLiteral("search:apple"), QStringLiteral("search:삼성전자")});
    QSignalSpy done(&open.panel, &InvalidationPanel::invalidated);
    QVERIFY(!open.button->isEnabled());
    open.typePattern(QStringLiteral("search:*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    QVERIFY(open.text("previewBadge").startsWith(QStringLiteral("✔ exact")));
    QCOMPARE(open.text("previewTiers"), QStringLiteral("L1 2 · L2 0 · L3 2 · %1").arg(open.bytesOf("search:*")));
    QCOMPARE(open.child<QListWidget>("previewSample")->item(1)->text(), QStringLiteral("search:삼성전자"));
    QCOMPARE(open.rig.held().size(), 14);

    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_COMPARE(done.count(), 1);
    QVERIFY2(open.text("invalidationResult").startsWith(QStringLiteral("✔ Requested 2 · deleted 2 · verified 2")),
        qPrintable(open.text("invalidationResult")));
    QCOMPARE(open.rig.held().filter(QStringLiteral("search:")), QStringList());
    QCOMPARE(open.rig.held().size(), 12);
    QTRY_COMPARE(open.button->text(), QStringLiteral("No key to invalidate"));
    QVERIFY(!open.button->isEnabled());
}

void tst_Invalidation::oneTypedKey()
{
    OpenPanel open(stockKeys(0, 3));
    typeText(*open.child<QLineEdit>("invalidationKey"), QStringLiteral("s101"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 1 key"));
    QTest::keyClick(open.button, Qt::Key_Space);
    QTRY_COMPARE(
        open.rig.held(), QStringList({QStringLiteral("stock:S100 L1 L3"), QStringLiteral("stock:S102 L1 L3")}));
}

void tst_Invalidation::dependentsFallToo()
{
    OpenPanel open(stockKeys(0, 20));
    for (int i = 1; i <= 12; ++i) {
        const QString parent = QStringLiteral("stock:S%1").arg(i <= 9 ? 100 : 101);
        const QString child = QStringLiteral("stock:S%1").arg(100 + i);
        open.rig.engine().declare({cacheKey(parent), cacheKey(child)}).waitForFinished();
    }
    open.panel.setTarget(Selector::keys({cacheKey(QStringLiteral("stock:S100"))}));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 13 keys"));
    QCOMPARE(open.text("previewHops"), QStringLiteral("1 named · step 1: 9 · step 2: 3"));
    inEveryLook(open.panel, QStringLiteral("invalidation-dependents"), [&] { QVERIFY(open.button->isEnabled()); });
    open.child<QAbstractButton>("invalidationDependents")->click();
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 1 key"));
    QVERIFY(!open.child<QLabel>("previewHops")->isVisible());
    open.child<QAbstractButton>("invalidationDependents")->click();
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 13 keys"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    open.question()->done(ConfirmInvalidation::GoOn);
    QTRY_COMPARE(open.rig.held().size(), 7);
}

void tst_Invalidation::onlyTheChosenLevels()
{
    OpenPanel open(stockKeys(0, 3));
    open.child<QAbstractButton>("invalidationTier3")->click();
    open.panel.setTarget(Selector::type("stock"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 3 keys"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_COMPARE(open.rig.held().front(), QStringLiteral("stock:S100 L3"));
    QTRY_VERIFY(open.child<QLabel>("invalidationResult")->isVisible());
    for (const char *tier : {"invalidationTier1", "invalidationTier2"})
        open.child<QAbstractButton>(tier)->click();
    QVERIFY(open.text("previewBadge").contains(QStringLiteral("at least one level")));
    QVERIFY(!open.button->isEnabled());
}

void tst_Invalidation::markedStaleIsStillHeld()
{
    OpenPanel open(stockKeys(0, 2));
    QTest::mouseClick(open.child<QRadioButton>("methodExpire"), Qt::LeftButton);
    open.panel.setTarget(Selector::keys({cacheKey(QStringLiteral("stock:S100"))}));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Mark 1 key stale"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.text("invalidationResult").contains(QStringLiteral("marked stale 1")));
    const EntryPage page = open.rig.monitor().entries({}).result();
    QVERIFY(page.rows[0].tiers[0].present && !page.rows[0].tiers[0].fresh);
    QVERIFY(page.rows[1].tiers[0].fresh);
}

void tst_Invalidation::everythingAsksFirst()
{
    OpenPanel open(stockKeys(0, 3));
    QTest::mouseClick(open.child<QRadioButton>("scopeAll"), Qt::LeftButton);
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 3 keys"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QTest::keyClick(open.question(), Qt::Key_Return);
    QTRY_VERIFY(!open.question());
    QTRY_VERIFY(open.button->isEnabled());
    QCOMPARE(open.rig.held().size(), 3);

    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QVERIFY(open.question()->text().contains(QStringLiteral("up to 3 calls")));
    auto *goOn = open.question()->findChild<QPushButton *>(QStringLiteral("goOnButton"));
    auto *word = open.question()->findChild<QLineEdit *>(QStringLiteral("confirmWord"));
    QCOMPARE(goOn->text(), QStringLiteral("Invalidate 3 keys"));
    QVERIFY(!goOn->isEnabled());
    typeText(*word, QStringLiteral("dem"));
    QVERIFY(!goOn->isEnabled());
    typeText(*word, QStringLiteral("o"));
    keepPicture(*open.question(), QStringLiteral("invalidation-question"));
    QTest::mouseClick(goOn, Qt::LeftButton);
    QTRY_COMPARE(open.rig.held(), QStringList());
}

void tst_Invalidation::aLiveProfileAsksByItsName()
{
    OpenPanel open(stockKeys(0, 30));
    open.panel.setProfile(ProfileBadge::Kind::Live, QStringLiteral("prod & more"));
    open.panel.setTarget(Selector::pattern(Glob::compile("stock:S10[01]").value()));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QVERIFY(open.question()->text().contains(QStringLiteral("live")));
    typeText(*open.question()->findChild<QLineEdit *>(QStringLiteral("confirmWord")), QStringLiteral("Prod & more "));
    QTest::mouseClick(open.question()->findChild<QPushButton *>(QStringLiteral("goOnButton")), Qt::LeftButton);
    QTRY_COMPARE(open.rig.held().size(), 28);
}

void tst_Invalidation::aScarceQuotaOffersToMarkStale()
{
    OpenPanel open(stockKeys(0, 30));
    open.rig.withSource([](ScriptedSource &source) { source.callsLeft = 1; });
    QTRY_COMPARE(fewestCallsLeft(*open.rig.monitor().snapshot()), std::optional<long long>(1));
    open.panel.setTarget(Selector::pattern(Glob::compile("stock:S10[01]").value()));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QVERIFY(open.question()->text().contains(QStringLiteral("allows 1 more")));
    QTest::keyClick(open.question(), Qt::Key_Return);
    QTRY_VERIFY(open.text("invalidationResult").contains(QStringLiteral("marked stale 2")));
    QCOMPARE(open.rig.held().size(), 30);
}

void tst_Invalidation::anotherCountAsksAgain()
{
    OpenPanel open(stockKeys(0, 5) + QStringList{QStringLiteral("search:apple")});
    open.typePattern(QStringLiteral("stock:*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 5 keys"));
    open.rig.load(stockKeys(5, 30));
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.question() && open.question()->isVisible());
    QVERIFY2(open.question()->text().contains(QStringLiteral("5 keys"))
            && open.question()->text().contains(QStringLiteral("35")),
        qPrintable(open.question()->text()));
    open.question()->close();
    QTRY_VERIFY(open.button->isEnabled());
    QCOMPARE(open.button->text(), QStringLiteral("Invalidate 35 keys"));
    QCOMPARE(open.rig.held().size(), 36);
}

void tst_Invalidation::anUnreachedTierIsPartialAndTriedAgain()
{
    OutcomeView view;
    QSignalSpy asked(&view, &OutcomeView::retryAsked);
    InvalidationResult result;
    result.requested = result.deleted = 13;
    result.partial.push_back({Stage::L2, {ErrorCode::Unavailable, "Redis <b>unix:/r</b> does not answer"}});
    Invalidation wish{Selector::type("stock")};
    view.showOutcome(wish, result);
    const auto *text = view.findChild<QLabel *>(QStringLiteral("invalidationResult"));
    auto *retry = view.findChild<QPushButton *>(QStringLiteral("retryButton"));
    QVERIFY2(text->text().startsWith(QStringLiteral("▲ Only in part")), qPrintable(text->text()));
    QVERIFY(text->text().contains(QStringLiteral("L2: not reached, will be finished when it is back")));
    QVERIFY(text->text().contains(QStringLiteral("<b>unix:/r</b>")));
    QTest::mouseClick(retry, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    const auto rest = asked[0][0].value<Invalidation>();
    QVERIFY(!rest.tiers[0] && rest.tiers[1] && !rest.tiers[2]);
    result.partial.clear();
    view.showOutcome(wish, result);
    QVERIFY(text->text().startsWith(QStringLiteral("✔ ")));
    QVERIFY(!retry->isVisible());
}

void tst_Invalidation::anUndoRestoresWhatIsNotNewer()
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

void tst_Invalidation::offersEndAfterTheirTime()
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

void tst_Invalidation::oneHarmlessKeyGoesAtOnce()
{
    OpenPanel open(stockKeys(0, 20));
    const auto key = [](const char *text) { return Selector::keys({cacheKey(QString::fromLatin1(text))}); };
    open.rig.engine()
        .declare({cacheKey(QStringLiteral("stock:S100")), cacheKey(QStringLiteral("stock:S101"))})
        .waitForFinished();
    open.panel.setTarget(key("stock:S100"), true);
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    open.panel.setTarget(key("stock:S102"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 1 key"));
    QCOMPARE(open.rig.held().size(), 20);
    open.panel.setTarget(key("stock:S102"), true);
    QTRY_COMPARE(open.rig.held().size(), 19);
    QTRY_VERIFY(open.child<QPushButton>("undoButton")->isVisible());
}

void tst_Invalidation::promisesAndOutcomesOfUndo()
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

void tst_Invalidation::scheduledIsListedAndCancelled()
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

void tst_Invalidation::aLargeScheduleAsksFirst()
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

void tst_Invalidation::aTimeThatHasPassedIsNamed()
{
    OpenPanel open(stockKeys(0, 3));
    open.panel.setTarget(Selector::type("stock"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 3 keys"));
    open.child<QComboBox>("dueWhen")->setCurrentIndex(2);
    open.child<QTimeEdit>("dueTime")->setTime(QTime(0, 0));
    QCOMPARE(open.text("previewBadge"), QStringLiteral("✖ 00:00:00 has passed today"));
    QVERIFY(!open.button->isEnabled());
}

void tst_Invalidation::historyFillsTheFormAgain()
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

void tst_Invalidation::historyKeepsTheLastFifty()
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

void tst_Invalidation::badInputIsNamed()
{
    OpenPanel open(stockKeys(0, 3));
    open.typePattern(QStringLiteral("stock:[A"));
    QVERIFY2(open.text("previewBadge").startsWith(QStringLiteral("✖ ")), qPrintable(open.text("previewBadge")));
    QVERIFY(!open.button->isEnabled());
    open.typePattern(QString());
    QVERIFY(!open.button->isEnabled());
    QTest::mouseClick(open.child<QRadioButton>("scopeType"), Qt::LeftButton);
    open.child<QComboBox>("invalidationType")->setEditText(QStringLiteral("Not a type"));
    QVERIFY(open.text("previewBadge").contains(QStringLiteral("lower-case")));
    QVERIFY(!open.button->isEnabled());
}

void tst_Invalidation::targetsFromElsewhere()
{
    OpenPanel open(stockKeys(0, 3));
    open.panel.setTarget(
        Selector::keys({cacheKey(QStringLiteral("stock:S100")), cacheKey(QStringLiteral("stock:S102"))}));
    QVERIFY(open.child<QRadioButton>("scopeSelection")->isChecked());
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    open.panel.setTarget(Selector::pattern(Glob::compile("type search").value()));
    QCOMPARE(open.child<QLineEdit>("invalidationPattern")->text(), QStringLiteral("type search"));
    QVERIFY(open.child<QRadioButton>("scopePattern")->isChecked());
    open.panel.setTarget(Selector::type("sentiment"));
    QCOMPARE(open.child<QComboBox>("invalidationType")->currentText(), QStringLiteral("sentiment"));
    QVERIFY(open.child<QRadioButton>("scopeType")->isChecked());
    open.panel.setTarget(Selector::all());
    QVERIFY(open.child<QRadioButton>("scopeAll")->isChecked());
    QCOMPARE(open.rig.held().size(), 3);
}

void tst_Invalidation::readOnlyRefuses()
{
    OpenPanel open(stockKeys(0, 3), true);
    open.panel.setTarget(Selector::type("stock"));
    QTRY_VERIFY(open.text("previewCount").contains(QStringLiteral("key")));
    QVERIFY(!open.button->isEnabled());
    QVERIFY(open.button->toolTip().contains(QStringLiteral("read-only")));
    QCOMPARE(open.button->accessibleDescription(), open.button->toolTip());
}

void tst_Invalidation::looks()
{
    OpenPanel open(stockKeys(0, 40) + QStringList{QStringLiteral("search:apple"), QStringLiteral("search:삼성전자")});
    open.typePattern(QStringLiteral("stock:S11*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 10 keys"));
    inEveryLook(open.panel, QStringLiteral("invalidation"), [&] { QVERIFY(open.button->isEnabled()); });
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.child<QLabel>("invalidationResult")->isVisible());
    keepPicture(open.panel, QStringLiteral("invalidation-result"));
}

QTEST_MAIN(tst_Invalidation)
#include "tst_invalidation.moc"
