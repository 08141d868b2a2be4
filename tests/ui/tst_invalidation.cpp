// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

#include "models/invalidationrules.h"
#include "support/pagerig.h"
#include "widgets/invalidationpanel.h"

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
    QMessageBox *question() { return panel.findChild<QMessageBox *>(QStringLiteral("confirmInvalidation")); }
};

} // namespace

class tst_Invalidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void rules();
    void typedPatternIsCountedAndGone();
    void oneTypedKey();
    void onlyTheChosenLevels();
    void markedStaleIsStillHeld();
    void everythingAsksFirst();
    void anotherCountAsksAgain();
    void badInputIsNamed();
    void targetsFromElsewhere();
    void readOnlyRefuses();
    void looks();
};

void tst_Invalidation::rules()
{
    QVERIFY(!needsConfirmation({1, 1, false}));
    QVERIFY(!needsConfirmation({1000, 20'000, false}));
    QVERIFY(needsConfirmation({1001, 0, false}));
    QVERIFY(needsConfirmation({200, 1000, false}));
    QVERIFY(!needsConfirmation({199, 1000, false}));
    QVERIFY(needsConfirmation({1, 1000, true}));
    QVERIFY(!isAnotherCount(100, 110));
    QVERIFY(isAnotherCount(100, 111));
    QVERIFY(!isAnotherCount(5, 15));
    QVERIFY(isAnotherCount(5, 16));
    QVERIFY(isAnotherCount(200, 100));
    QVERIFY(!isAnotherCount(1000, 1090));
}

void tst_Invalidation::typedPatternIsCountedAndGone()
{
    OpenPanel open(stockKeys(0, 12) + QStringList{QStringLiteral("search:apple"), QStringLiteral("search:삼성전자")});
    QSignalSpy done(&open.panel, &InvalidationPanel::invalidated);
    QVERIFY(!open.button->isEnabled());
    open.typePattern(QStringLiteral("search:*"));
    QTRY_COMPARE(open.button->text(), QStringLiteral("Invalidate 2 keys"));
    QVERIFY(open.text("previewBadge").startsWith(QStringLiteral("✔ exact")));
    QCOMPARE(open.text("previewTiers"), QStringLiteral("L1 2 · L2 0 · L3 2"));
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
    for (const bool agree : {false, true}) {
        QTest::mouseClick(open.button, Qt::LeftButton);
        QTRY_VERIFY(open.question() && open.question()->isVisible());
        QMessageBox *box = open.question();
        QCOMPARE(box->defaultButton()->text(), QStringLiteral("Cancel"));
        QCOMPARE(open.rig.held().size(), 3);
        if (!agree) {
            QTest::keyClick(box, Qt::Key_Return);
            QTRY_VERIFY(!open.question());
            QTRY_VERIFY(open.button->isEnabled());
            QCOMPARE(open.rig.held().size(), 3);
            continue;
        }
        for (QAbstractButton *choice : box->buttons()) {
            if (choice->text() == QStringLiteral("Invalidate 3 keys"))
                QTest::mouseClick(choice, Qt::LeftButton);
        }
    }
    QTRY_COMPARE(open.rig.held(), QStringList());
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
