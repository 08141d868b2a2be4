// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QListWidget>
#include <QSignalSpy>

#include "support/openpanel.h"
#include "widgets/outcomeview.h"

using namespace insitecache;
using namespace insitecache::test;

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
    void questionsAreWholeInEveryLook();
    void anotherCountAsksAgain();
    void anUnreachedTierIsPartialAndTriedAgain();
    void oneHarmlessKeyGoesAtOnce();
    void badInputIsNamed();
    void targetsFromElsewhere();
    void wholeScopesAreSaidInWords();
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

void tst_Invalidation::questionsAreWholeInEveryLook()
{
    OpenPanel open(stockKeys(0, 30));
    open.panel.setProfile(ProfileBadge::Kind::Live, QStringLiteral("prod"));
    open.rig.withSource([](ScriptedSource &source) { source.callsLeft = 1; });
    QTRY_COMPARE(fewestCallsLeft(*open.rig.monitor().snapshot()), std::optional<long long>(1));
    inEveryLook(open.panel, QStringLiteral("question-before"), [&] {
        open.panel.setTarget(Selector::type("stock"));
        QTRY_VERIFY(open.button->isEnabled());
        QTest::mouseClick(open.button, Qt::LeftButton);
        QTRY_VERIFY(open.question() && open.question()->isVisible());
        for (const QPushButton *button : open.question()->findChildren<QPushButton *>())
            QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        QCOMPARE(open.question()->findChildren<QPushButton *>().size(), 3);
        keepPicture(*open.question(),
            QStringLiteral("question-%1-%2")
                .arg(isDarkTheme() ? QStringLiteral("dark") : QStringLiteral("light"), open.panel.windowTitle()));
        open.question()->reject();
        QTRY_VERIFY(!open.question());
    });
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
    QVERIFY(text->text().contains(QStringLiteral("L2: not reached, so this is owed to it. It is repeated by itself")));
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

void tst_Invalidation::wholeScopesAreSaidInWords()
{
    OpenPanel open(stockKeys(0, 3) + QStringList{QStringLiteral("search:apple")});
    auto *sample = open.child<QListWidget>("previewSample");
    const auto preview = [&](const Selector &which, const char *button) {
        open.panel.setTarget(which);
        QTRY_COMPARE(open.button->text(), QString::fromLatin1(button));
    };
    open.child<QAbstractButton>("invalidationDependents")->click();
    preview(Selector::all(), "Invalidate 4 keys");
    QCOMPARE(open.text("previewTarget"), QStringLiteral("Target: all keys"));
    QVERIFY(!sample->isVisible());
    preview(Selector::pattern(Glob::compile("stock:*").value()), "Invalidate 3 keys");
    QCOMPARE(open.text("previewTarget"), QStringLiteral("Target: stock:*"));
    QVERIFY(sample->isVisible());
    preview(Selector::keys({cacheKey(QStringLiteral("stock:S100")), cacheKey(QStringLiteral("stock:S102"))}),
        "Invalidate 2 keys");
    QCOMPARE(open.text("previewTarget"), QStringLiteral("Target: 2 named keys"));
    open.child<QAbstractButton>("invalidationDependents")->click();
    preview(Selector::type("stock"), "Invalidate 3 keys");
    QCOMPARE(open.text("previewTarget"), QStringLiteral("Target: all keys of the type stock and dependents"));
    QVERIFY(!sample->isVisible());
    inEveryLook(open.panel, QStringLiteral("invalidation-type"), [&] { QVERIFY(!sample->isVisible()); });
    QTest::mouseClick(open.button, Qt::LeftButton);
    QTRY_VERIFY(open.child<QLabel>("invalidationResult")->isVisible());
    QVERIFY(open.text("invalidationResult")
                .contains(QStringLiteral("\nTarget: all keys of the type stock and dependents\n")));
    QVERIFY(open.text("undoText").contains(QStringLiteral("all keys of the type stock: 3 keys")));
    OutcomeView view;
    InvalidationResult result;
    result.everything = true;
    view.showOutcome({Selector::keys({cacheKey(QStringLiteral("stock:S100"))})}, result);
    QVERIFY(view.findChild<QLabel *>(QStringLiteral("invalidationResult"))
                ->text()
                .contains(QStringLiteral("Target: all keys, because too many depend on stock:S100")));
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
