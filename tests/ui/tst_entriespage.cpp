// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include "mainwindow.h"
#include "pages/entriespage.h"
#include "support/pagerig.h"
#include "widgets/entriesview.h"
#include "widgets/invalidationpanel.h"
#include "widgets/valueview.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

std::map<std::string, Result<std::string>> manyAnswers()
{
    std::map<std::string, Result<std::string>> answers;
    for (int i = 0; i < 60; ++i)
        answers.emplace("stock:S" + std::to_string(100 + i), cborOf(QCborMap{{QStringLiteral("price"), 100 + i}}));
    for (const char *text : {"search:apple", "search:삼성전자", "sentiment:AAPL", "trending:US"})
        answers.emplace(text, cborOf(QCborMap{{QStringLiteral("query"), QString::fromUtf8(text)}}));
    return answers;
}

QStringList manyKeys(int stocks)
{
    QStringList keys{QStringLiteral("search:apple"), QStringLiteral("search:삼성전자"),
        QStringLiteral("sentiment:AAPL"), QStringLiteral("trending:US")};
    for (int i = 0; i < stocks; ++i)
        keys += QStringLiteral("stock:S%1").arg(100 + i);
    return keys;
}

/// The page over a real cache, shown.
struct OpenPage {
    PageRig rig{manyAnswers()};
    EntriesPage page{rig.monitor()};
    EntriesView *view = page.findChild<EntriesView *>();
    QAbstractItemModel *model = view->model();
    QLineEdit *line = page.findChild<QLineEdit *>(QStringLiteral("filterLine"));

    explicit OpenPage(int stocks)
    {
        rig.load(manyKeys(stocks));
        page.resize(1280, 640);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        QTRY_COMPARE(model->rowCount(), stocks + 4);
    }
    void type(const QString &text)
    {
        line->setFocus();
        line->selectAll();
        typeText(*line, text);
        QTest::keyClick(line, Qt::Key_Return);
    }
    void choose(int row)
    {
        view->selectionModel()->setCurrentIndex(
            model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    QLabel *label(const char *name) { return page.findChild<QLabel *>(QString::fromLatin1(name)); }
    QPushButton *button(const char *name) { return page.findChild<QPushButton *>(QString::fromLatin1(name)); }
    QString keyAt(int row) const { return model->index(row, 0).data().toString(); }
    void tick() { page.showSnapshot(rig.monitor().snapshot()); }
};

} // namespace

class tst_EntriesPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void typingFilters();
    void badPatternLosesNothing();
    void chipsFilterByType();
    void noMatchOffersAWayBack();
    void selectionAndScrollSurviveARefresh();
    void newKeysWaitUntilTheyAreAskedFor();
    void deleteOnlyAsks();
    void escapeBringsBackToTheRow();
    void dependenciesAreCountedAndLeadToTheGraph();
    void lookingChangesNoCounter();
    void showValueIsALookup();
    void personalValuesStayHidden();
    void copies();
    void everyInputHasAName();
    void looks();
};

void tst_EntriesPage::typingFilters()
{
    OpenPage open(5);
    open.type(QStringLiteral("stock:S10[13]"));
    QTRY_COMPARE(open.model->rowCount(), 2);
    QCOMPARE(open.keyAt(0), QStringLiteral("stock:S101"));
    open.type(QStringLiteral("삼성"));
    QTRY_COMPARE(open.model->rowCount(), 1);
    QCOMPARE(open.keyAt(0), QStringLiteral("search:삼성전자"));
}

void tst_EntriesPage::badPatternLosesNothing()
{
    OpenPage open(5);
    open.type(QStringLiteral("search:*"));
    QTRY_COMPARE(open.model->rowCount(), 2);
    open.type(QStringLiteral("stock:[A"));
    QVERIFY(open.label("filterProblem")->isVisible());
    QVERIFY(open.label("filterProblem")->text().contains(QStringLiteral("stock:[A")));
    QCOMPARE(open.model->rowCount(), 2);
    open.type(QStringLiteral("stock:[AS]*"));
    QVERIFY(!open.label("filterProblem")->isVisible());
    QTRY_COMPARE(open.model->rowCount(), 5);
}

void tst_EntriesPage::chipsFilterByType()
{
    OpenPage open(5);
    auto *chip = open.page.findChild<QToolButton *>(QStringLiteral("chip-search"));
    QVERIFY(chip);
    QVERIFY2(chip->text().endsWith(QStringLiteral(" 2")), qPrintable(chip->text()));
    QTest::mouseClick(chip, Qt::LeftButton);
    QTRY_COMPARE(open.model->rowCount(), 2);
    QCOMPARE(open.line->text(), QStringLiteral("type:search"));
    QTest::mouseClick(open.page.findChild<QToolButton *>(QStringLiteral("chip-trending")), Qt::LeftButton);
    QTRY_COMPARE(open.model->rowCount(), 3);
    open.type(QStringLiteral("type:stock"));
    QTRY_COMPARE(open.model->rowCount(), 5);
    QVERIFY(!chip->isChecked());
    QVERIFY(open.page.findChild<QToolButton *>(QStringLiteral("chip-stock"))->isChecked());
}

void tst_EntriesPage::noMatchOffersAWayBack()
{
    OpenPage open(5);
    open.type(QStringLiteral("nothing-like-this"));
    QTRY_VERIFY(!open.view->isVisible());
    QPushButton *clear = open.button("clearFilter");
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QTRY_COMPARE(open.model->rowCount(), 9);
    QVERIFY(open.view->isVisible());
}

void tst_EntriesPage::selectionAndScrollSurviveARefresh()
{
    OpenPage open(60);
    open.view->setFocus();
    for (const int row : {40, 42})
        open.view->selectionModel()->select(
            open.model->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    open.view->selectionModel()->setCurrentIndex(open.model->index(42, 0), QItemSelectionModel::NoUpdate);
    open.view->verticalScrollBar()->setValue(30);
    const QString top = open.keyAt(open.view->visibleRows().first);
    const auto selected = open.view->selectedKeys();
    QCOMPARE(selected.size(), 2u);

    // Twenty rows above are gone, and everything is arranged anew.
    Invalidation gone;
    std::vector<CacheKey> keys;
    for (int i = 0; i < 20; ++i)
        keys.push_back(cacheKey(QStringLiteral("stock:S%1").arg(100 + i)));
    gone.which = Selector::keys(keys);
    open.rig.monitor().invalidate(gone).waitForFinished();
    open.page.refresh();
    QTRY_COMPARE(open.model->rowCount(), 44);
    QCOMPARE(open.view->selectedKeys(), selected);
    QCOMPARE(open.view->currentKey()->text(), std::string("stock:S139"));
    QCOMPARE(open.keyAt(open.view->visibleRows().first), top);

    open.tick();
    QCOMPARE(open.view->selectedKeys(), selected);
    QCOMPARE(open.keyAt(open.view->visibleRows().first), top);
}

void tst_EntriesPage::newKeysWaitUntilTheyAreAskedFor()
{
    OpenPage open(5);
    auto *feed = open.page.findChild<QPushButton *>(QStringLiteral("newEntries"));
    QVERIFY(!feed->isVisible());
    open.rig.load(manyKeys(8));
    // As the page does by itself every few seconds.
    QTRY_VERIFY_WITH_TIMEOUT((open.tick(), feed->isVisible()), 20'000);
    QCOMPARE(open.model->rowCount(), 9);
    QVERIFY2(feed->text().contains(QStringLiteral("3")), qPrintable(feed->text()));
    QTest::mouseClick(feed, Qt::LeftButton);
    QTRY_COMPARE(open.model->rowCount(), 12);
    QVERIFY(!feed->isVisible());
}

void tst_EntriesPage::deleteOnlyAsks()
{
    OpenPage open(5);
    std::vector<std::string> asked;
    QObject::connect(&open.page, &Page::invalidationRequested, &open.page, [&](const Selector &which, bool atOnce) {
        QVERIFY(atOnce);
        for (const CacheKey &key : *which.namedKeys())
            asked.push_back(key.text());
    });
    open.view->setFocus();
    open.choose(3);
    QTest::keyClick(open.view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(open.view, Qt::Key_Delete);
    QCOMPARE(asked, std::vector<std::string>({"stock:S100", "stock:S101"}));
    QCOMPARE(open.rig.held().size(), 9);
}

void tst_EntriesPage::escapeBringsBackToTheRow()
{
    PageRig rig(manyAnswers());
    rig.load(manyKeys(20));
    MainWindow window([&](SeriesRange range) { return rig.monitor().snapshot(range); });
    auto *page = new EntriesPage(rig.monitor());
    window.addPage(QStringLiteral("entries"), {}, page);
    auto *panel = new InvalidationPanel(rig.monitor());
    window.addPanel(QStringLiteral("invalidation"), panel);
    connect(&window, &MainWindow::invalidationRequested, panel, &InvalidationPanel::setTarget);
    connect(panel, &InvalidationPanel::invalidated, page, &EntriesPage::refresh);
    window.resize(1500, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto *view = page->findChild<EntriesView *>();
    QTRY_COMPARE(view->model()->rowCount(), 24);
    view->setFocus();
    view->selectRow(7);
    const std::string key = view->currentKey()->text(),
                      next = view->model()->index(8, 0).data().toString().toStdString();
    // Del marks one key that nothing depends on, which is invalidated at once.
    QTest::keyClick(view, Qt::Key_Delete);
    QVERIFY(panel->isAncestorOf(window.focusWidget()) || window.focusWidget() == panel);
    QTRY_COMPARE(view->model()->rowCount(), 23);
    QTest::keyClick(window.focusWidget(), Qt::Key_Escape);
    QCOMPARE(window.focusWidget(), view);
    QVERIFY(view->currentKey() && view->currentKey()->text() != key);
    QCOMPARE(view->currentKey()->text(), next);
    QCOMPARE(view->currentIndex().row(), 7);
}

void tst_EntriesPage::dependenciesAreCountedAndLeadToTheGraph()
{
    OpenPage open(5);
    for (const char *child : {"search:apple", "trending:US"})
        open.rig.engine()
            .declare({cacheKey(QStringLiteral("stock:S100")), cacheKey(QString::fromLatin1(child))})
            .waitForFinished();
    open.page.refresh();
    const int column = static_cast<int>(EntryColumn::Deps);
    const auto cell = [&](int row) { return open.model->index(row, column); };
    QCOMPARE(open.keyAt(3), QStringLiteral("stock:S100"));
    QTRY_COMPARE(cell(3).data().toString(), QStringLiteral("0 / 2"));
    QCOMPARE(cell(0).data().toString(), QStringLiteral("1 / 0"));
    QCOMPARE(cell(3).data(Qt::AccessibleTextRole).toString(), QStringLiteral("made from 0, dependents 2"));
    QSignalSpy asked(&open.page, &Page::dependenciesRequested);
    QTest::mouseClick(open.view->viewport(), Qt::LeftButton, {}, open.view->visualRect(cell(3)).center());
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked[0][0].value<CacheKey>().text(), std::string("stock:S100"));
    QTest::mouseClick(open.button("inspectorDependencies"), Qt::LeftButton);
    QCOMPARE(asked.size(), 2);
}

void tst_EntriesPage::lookingChangesNoCounter()
{
    OpenPage open(5);
    const auto before = open.rig.engine().metrics().totals();
    for (int row = 0; row < 9; ++row) {
        open.choose(row);
        open.tick();
    }
    open.page.refresh();
    open.type(QStringLiteral("stock:*"));
    QTRY_COMPARE(open.model->rowCount(), 5);
    const auto after = open.rig.engine().metrics().totals();
    QCOMPARE(after.all.lookups, before.all.lookups);
    for (int tier = 0; tier < tierCount; ++tier)
        QCOMPARE(after.tiers[tier].lookups, before.tiers[tier].lookups);
}

void tst_EntriesPage::showValueIsALookup()
{
    OpenPage open(5);
    open.choose(3);
    auto *levels = open.page.findChild<QTableWidget *>(QStringLiteral("inspectorLevels"));
    QCOMPARE(levels->item(0, 1)->text(), QStringLiteral("present"));
    QCOMPARE(levels->item(1, 1)->text(), QStringLiteral("absent"));
    const auto before = open.rig.engine().metrics().totals().all.lookups;
    QTest::keyClick(open.view, Qt::Key_Return);
    QPushButton *load = open.button("inspectorLookUp");
    QVERIFY(load->hasFocus());
    QTest::keyClick(load, Qt::Key_Space);
    auto *tree = open.page.findChild<QAbstractItemView *>(QStringLiteral("valueTree"));
    QTRY_COMPARE(tree->model()->rowCount(), 1);
    QCOMPARE(tree->model()->index(0, 1).data().toString(), QStringLiteral("100"));
    QCOMPARE(open.rig.engine().metrics().totals().all.lookups, before + 1);
}

void tst_EntriesPage::personalValuesStayHidden()
{
    ValueView view;
    view.show();
    const std::string secret = cborOf(QCborMap{{QStringLiteral("watchlist"), QStringLiteral("AAPL")}});
    view.setValue(cacheKey(QStringLiteral("user:1")), secret);
    auto *tree = view.findChild<QAbstractItemView *>(QStringLiteral("valueTree"));
    QVERIFY(view.isMasked());
    QCOMPARE(tree->model()->rowCount(), 0);
    QTest::mouseClick(view.findChild<QPushButton *>(QStringLiteral("unmask")), Qt::LeftButton);
    QVERIFY(!view.isMasked());
    QCOMPARE(tree->model()->index(0, 1).data().toString(), QStringLiteral("AAPL"));
    view.setValue(cacheKey(QStringLiteral("user:2")), secret);
    QVERIFY(view.isMasked());
    view.setValue(cacheKey(QStringLiteral("stock:A")), secret);
    QVERIFY(!view.isMasked());
    view.setValue(cacheKey(QStringLiteral("stock:A")), "\xff\xff");
    QCOMPARE(tree->model()->rowCount(), 0);
}

void tst_EntriesPage::copies()
{
    OpenPage open(5);
    open.view->setFocus();
    open.choose(1);
    QTest::keyClick(open.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("search:삼성전자"));
    QTest::keyClick(open.view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("{\"created\":")));
}

void tst_EntriesPage::everyInputHasAName()
{
    OpenPage open(5);
    open.choose(4);
    for (const QWidget *widget : open.page.findChildren<QWidget *>()) {
        const bool isInput = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
        if (isInput && widget->isVisible() && !qobject_cast<const QHeaderView *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
}

void tst_EntriesPage::looks()
{
    OpenPage open(40);
    open.choose(6);
    QTest::keyClick(open.button("inspectorLookUp"), Qt::Key_Space);
    auto *tree = open.page.findChild<QAbstractItemView *>(QStringLiteral("valueTree"));
    QTRY_COMPARE(tree->model()->rowCount(), 1);
    inEveryLook(open.page, QStringLiteral("entries"), [&] {
        open.tick();
        QCOMPARE(open.view->selectedKeys().size(), 1u);
    });
    open.page.resize(880, 480);
    QApplication::processEvents();
    keepPicture(open.page, QStringLiteral("entries-small"));
}

QTEST_MAIN(tst_EntriesPage)
#include "tst_entriespage.moc"
