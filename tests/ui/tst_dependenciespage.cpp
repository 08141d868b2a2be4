// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QTreeView>
#include <QXmlStreamReader>

#include "formatting/format.h"
#include "graph/graphexport.h"
#include "graph/graphview.h"
#include "graph/graphwriter.h"
#include "mainwindow.h"
#include "pages/dependenciespage.h"
#include "support/keygraphs.h"
#include "support/pagerig.h"
#include "widgets/dependencytree.h"
#include "widgets/invalidationpanel.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

const QString hostile = QStringLiteral("search:<img src=\"/dev/zero\">\u202Egnp\\\"") + QString(300, QLatin1Char('w'));

std::map<std::string, Result<std::string>> graphAnswers()
{
    std::map<std::string, Result<std::string>> answers;
    for (const char *symbol : {"AAPL", "TSLA", "NVDA"})
        answers.emplace(std::string("stock:") + symbol, cborOf(QCborMap{{QStringLiteral("price"), 1}}));
    SearchResult found;
    found.matches = {{QStringLiteral("AAPL"), {}, {}, {}}, {QStringLiteral("TSLA"), {}, {}, {}}};
    for (const QString &text : {QStringLiteral("search:apple"), QStringLiteral("search:삼성전자"), hostile})
        answers.emplace(text.toStdString(), found.toCbor().toCbor().toStdString());
    Trending trending;
    trending.symbols.resize(1);
    trending.symbols[0].symbol = QStringLiteral("AAPL");
    answers.emplace("trending:US", trending.toCbor().toCbor().toStdString());
    answers.emplace("sentiment:AAPL", cborOf(QCborMap{}));
    return answers;
}

/// The page over a real cache, in a real window with the invalidation dock.
struct OpenGraph {
    PageRig rig{graphAnswers()};
    MainWindow window{[this](SeriesRange range) { return rig.monitor().snapshot(range); }};
    DependenciesPage *page = new DependenciesPage(rig.monitor());
    InvalidationPanel *panel = new InvalidationPanel(rig.monitor());
    GraphView *view = page->findChild<GraphView *>();
    QTreeView *down = page->findChild<QTreeView *>(QStringLiteral("depTree"));
    QTreeView *up = page->findChild<QTreeView *>(QStringLiteral("depTreeUp"));
    QLabel *readout = page->findChild<QLabel *>(QStringLiteral("graphReadout"));

    explicit OpenGraph(const std::vector<Edge> &declared = {})
    {
        rig.load({QStringLiteral("stock:AAPL"), QStringLiteral("stock:TSLA"), QStringLiteral("search:apple"),
            QStringLiteral("search:삼성전자"), QStringLiteral("trending:US"), QStringLiteral("sentiment:AAPL"),
            hostile});
        for (const Edge &edge : declared)
            rig.engine().declare(edge).waitForFinished();
        window.addPage(QStringLiteral("dependencies"), {}, page);
        window.addPanel(QStringLiteral("invalidation"), panel);
        QObject::connect(&window, &MainWindow::invalidationRequested, panel, &InvalidationPanel::setTarget);
        QObject::connect(panel, &InvalidationPanel::invalidated, page, &DependenciesPage::refresh);
        window.resize(1500, 860);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        // 2 quotes and 5 values that were made from them: 3 searches of both, and one each of Apple's.
        QTRY_COMPARE(int(view->drawn().edges.size()), 8 + int(declared.size()));
    }
    int node(const char *key) const { return view->drawn().indexOf(QString::fromUtf8(key)); }
    void moveTo(const char *key) { QTest::mouseMove(view->viewport(), view->placeOf(node(key)).center()); }
    void click(const char *key)
    {
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->placeOf(node(key)).center());
    }
    /// Without the marks that keep a key from turning the direction of what follows.
    QString read() const { return readout->text().remove(QChar(0x2068)).remove(QChar(0x2069)); }
    QString said(const QTreeView *tree, int row, const QModelIndex &parent = {}) const
    {
        return tree->model()->index(row, 0, parent).data().toString();
    }
    InvalidationPreview preview(const char *key)
    {
        Invalidation what{Selector::keys({CacheKey::parse(key).value()})};
        what.dependents = true;
        return rig.monitor().preview(what).result();
    }
};

CacheKey keyNamed(const char *text)
{
    return CacheKey::parse(text).value();
}

} // namespace

class tst_DependenciesPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }

    void hoverSaysWhatAPreviewSays()
    {
        OpenGraph open;
        const auto before = open.rig.engine().metrics().totals();
        QSignalSpy looked(open.view, &GraphView::lookedAt);
        open.moveTo("stock:AAPL");
        QTRY_COMPARE(looked.size(), 1);
        QCOMPARE(looked[0][0].toInt(), open.node("stock:AAPL"));
        const InvalidationPreview preview = open.preview("stock:AAPL");
        QCOMPARE(preview.keys, 6u);
        QVERIFY2(
            open.read().startsWith(
                QStringLiteral("stock:AAPL: 6 keys · L1 %1 · L3 %2").arg(preview.byTier[0]).arg(preview.byTier[2])),
            qPrintable(open.read()));
        QVERIFY(open.read().contains(format::bytes(preview.bytes)));
        QVERIFY(open.read().contains(QStringLiteral("≈ 6 API calls")));
        // Looking is not asking.
        QCOMPARE(open.rig.engine().metrics().totals().all.lookups, before.all.lookups);
        QCOMPARE(open.rig.engine().metrics().totals().tiers[0].lookups, before.tiers[0].lookups);
    }

    void aClickPinsAndFillsTheDockWithoutRunningIt()
    {
        OpenGraph open;
        open.click("stock:AAPL");
        auto *key = open.panel->findChild<QLineEdit *>(QStringLiteral("invalidationKey"));
        QVERIFY(key);
        QCOMPARE(key->text(), QStringLiteral("stock:AAPL"));
        QVERIFY(open.view->hasFocus());
        QVERIFY(open.read().startsWith(QStringLiteral("stock:AAPL: 6 keys")));
        QCOMPARE(open.said(open.down, 0), QStringLiteral("stock:AAPL"));
        QCOMPARE(open.rig.held().size(), 7);
        QTest::keyClick(open.view, Qt::Key_Escape);
        QVERIFY(open.read().startsWith(QStringLiteral("Point at")));
        QVERIFY(open.down->model()->rowCount() > 1); // all of the graph again
    }

    void deleteOnlyAsks()
    {
        OpenGraph open;
        open.click("stock:TSLA");
        std::vector<std::string> asked;
        QObject::connect(open.page, &Page::invalidationRequested, open.page, [&](const Selector &which, bool atOnce) {
            QVERIFY(!atOnce);
            asked.push_back(which.describe());
        });
        QTest::keyClick(open.view, Qt::Key_Delete);
        QCOMPARE(asked, std::vector<std::string>{"stock:TSLA"});
        QVERIFY(open.panel->isVisible());
        QCOMPARE(open.rig.held().size(), 7);
    }

    void whatIsInvalidatedLeavesThePicture()
    {
        OpenGraph open;
        Invalidation what{Selector::keys({keyNamed("search:apple")})};
        open.rig.monitor().invalidate(what).waitForFinished();
        open.page->refresh();
        QTRY_COMPARE(open.node("search:apple"), -1);
        QCOMPARE(int(open.view->drawn().edges.size()), 6);
    }

    void theKeyboardAloneReachesEverything()
    {
        OpenGraph open;
        open.view->setFocus(Qt::TabFocusReason);
        open.view->setCurrent(open.node("stock:AAPL"));
        QTest::keyClick(open.view, Qt::Key_Right);
        const int child = open.view->current();
        QVERIFY(open.view->drawn().nodes[std::size_t(child)].id != QStringLiteral("stock:AAPL"));
        QTest::keyClick(open.view, Qt::Key_Down);
        QTest::keyClick(open.view, Qt::Key_Up);
        QTest::keyClick(open.view, Qt::Key_Left);
        QVERIFY(open.view->drawn().nodes[std::size_t(open.view->current())].id.startsWith(QStringLiteral("stock:")));
        const double zoom = open.view->zoom();
        QTest::keyClick(open.view, Qt::Key_Plus);
        QVERIFY(open.view->zoom() > zoom);
        QTest::keyClick(open.view, Qt::Key_0);
        QVERIFY(qFuzzyCompare(open.view->zoom(), zoom));
        open.view->setCurrent(open.node("stock:TSLA"));
        QTest::keyClick(open.view, Qt::Key_Return);
        QVERIFY(open.page->findChild<QCheckBox *>(QStringLiteral("graphFocus"))->isChecked());
        QVERIFY(open.read().startsWith(QStringLiteral("stock:TSLA: ")));
    }

    void focusShowsWhatIsNear()
    {
        OpenGraph open;
        auto *hops = open.page->findChild<QSlider *>(QStringLiteral("graphHops"));
        hops->setValue(1);
        open.page->showKey(keyNamed("stock:TSLA"));
        QTRY_COMPARE(int(open.view->drawn().nodes.size()), 4); // itself and three searches
        hops->setValue(2);
        QCOMPARE(int(open.view->drawn().nodes.size()), 4); // the searches' other quote is beside, not above or below
        QTest::keyClick(open.view, Qt::Key_Escape);
        QCOMPARE(int(open.view->drawn().nodes.size()), 7);
    }

    void theTreeTellsTheSame()
    {
        OpenGraph open;
        open.click("search:apple");
        QCOMPARE(open.said(open.up, 0), QStringLiteral("search:apple"));
        const QModelIndex root = open.up->model()->index(0, 0);
        QCOMPARE(open.up->model()->rowCount(root), 2);
        QCOMPARE(open.said(open.up, 0, root), QStringLiteral("stock:AAPL"));
        QCOMPARE(open.up->model()->index(0, 1, root).data().toInt(), 1);
        QCOMPARE(open.down->model()->rowCount(open.down->model()->index(0, 0)), 0);

        open.page->findChild<DependencyTree *>()->setCurrentIndex(1);
        open.up->setFocus();
        open.up->setCurrentIndex(open.up->model()->index(0, 0, root));
        QVERIFY(open.read().startsWith(QStringLiteral("stock:AAPL: 6 keys")));
        QTest::keyClick(open.up, Qt::Key_Return);
        QCOMPARE(open.said(open.down, 0), QStringLiteral("stock:AAPL"));
        QVERIFY(open.up->model()
                    ->index(0, 0)
                    .data(Qt::AccessibleTextRole)
                    .toString()
                    .startsWith(QStringLiteral("stock:AAPL")));
    }

    void findGoesFromMatchToMatch()
    {
        OpenGraph open;
        QVERIFY(open.page->findField());
        auto *find = qobject_cast<QLineEdit *>(open.page->findField());
        auto *match = open.page->findChild<QLabel *>(QStringLiteral("graphMatch"));
        find->setFocus();
        typeText(*find, QStringLiteral("aapl"));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(match->text(), QStringLiteral("1 of 2"));
        QVERIFY(open.read().startsWith(QStringLiteral("sentiment:AAPL: ")));
        QTest::keyClick(find, Qt::Key_Return);
        QVERIFY(open.read().startsWith(QStringLiteral("stock:AAPL: ")));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(match->text(), QStringLiteral("1 of 2"));
        typeText(*find, QStringLiteral("zzz"));
        QTest::keyClick(find, Qt::Key_Return);
        QCOMPARE(match->text(), QStringLiteral("not found"));
    }

    void cyclesAreToldAndEnd()
    {
        OpenGraph open({{keyNamed("search:apple"), keyNamed("stock:AAPL")}, {keyNamed("user:1"), keyNamed("user:1")}});
        auto *banner = open.page->findChild<QLabel *>(QStringLiteral("graphBanner"));
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QStringLiteral("2 cycles")), qPrintable(banner->text()));
        open.click("stock:AAPL");
        QVERIFY(open.read().startsWith(QStringLiteral("stock:AAPL: 6 keys")));
        // The tree does not follow the cycle around.
        QAbstractItemModel *model = open.down->model();
        const QModelIndex root = model->index(0, 0);
        const QModelIndex search = model->index(0, 0, root).siblingAtRow(0);
        QVERIFY(search.isValid());
        int again = 0;
        for (int row = 0; row < model->rowCount(root); ++row) {
            const QModelIndex child = model->index(row, 0, root);
            while (model->canFetchMore(child))
                model->fetchMore(child);
            for (int inner = 0; inner < model->rowCount(child); ++inner) {
                const QModelIndex back = model->index(inner, 0, child);
                again += back.data().toString() == QStringLiteral("↺ stock:AAPL");
                QVERIFY(!model->hasChildren(back));
            }
        }
        QCOMPARE(again, 1);
        QVERIFY(model->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("part of a cycle")));
    }

    void aNewerGraphKeepsWhatIsOpen()
    {
        OpenGraph open;
        QAbstractItemModel *model = open.down->model();
        int apple = -1;
        for (int row = 0; row < model->rowCount(); ++row)
            apple = open.said(open.down, row) == QStringLiteral("stock:AAPL") ? row : apple;
        QVERIFY(apple >= 0);
        open.down->expand(model->index(apple, 0));
        open.down->setCurrentIndex(model->index(1, 0, model->index(apple, 0)));
        const QString current = open.down->currentIndex().data().toString();
        open.rig.engine().declare({keyNamed("history:AAPL:1y:1d"), keyNamed("stock:AAPL")}).waitForFinished();
        open.page->refresh();
        QTRY_COMPARE(int(open.view->drawn().nodes.size()), 8);
        QCOMPARE(open.down->currentIndex().isValid(), false); // its path begins elsewhere now
        open.rig.engine().undeclare({keyNamed("history:AAPL:1y:1d"), keyNamed("stock:AAPL")}).waitForFinished();
        open.page->refresh();
        QTRY_COMPARE(int(open.view->drawn().nodes.size()), 7);
        open.down->expand(model->index(apple, 0));
        open.down->setCurrentIndex(model->index(1, 0, model->index(apple, 0)));
        open.rig.engine().declare({keyNamed("stock:TSLA"), keyNamed("user:9")}).waitForFinished();
        open.page->refresh();
        QTRY_COMPARE(int(open.view->drawn().nodes.size()), 8);
        QCOMPARE(open.down->currentIndex().data().toString(), current);
        QVERIFY(open.down->isExpanded(model->index(apple, 0)));
    }

    void aHiddenPageAsksNobody()
    {
        OpenGraph open;
        open.page->hide();
        open.rig.engine().declare({keyNamed("stock:TSLA"), keyNamed("user:9")}).waitForFinished();
        open.page->refresh();
        open.rig.engine().neighbourhood(keyNamed("user:9"), 1).waitForFinished();
        QCoreApplication::processEvents();
        QCOMPARE(open.node("user:9"), -1);
        open.page->show();
        QTRY_VERIFY(open.node("user:9") >= 0);
    }

    void hostileKeysAreText()
    {
        OpenGraph open;
        open.page->showKey(CacheKey::parse(hostile.toStdString()).value());
        const QString start = QChar(0x2068) + hostile.left(30);
        QTRY_VERIFY(open.readout->text().startsWith(start));
        // Neither its length nor its direction reaches the rest of the sentence.
        QVERIFY2(
            open.readout->text().contains(QStringLiteral("ww\u2069: 1 key · L1 1")), qPrintable(open.readout->text()));
        QCOMPARE(open.readout->textFormat(), Qt::PlainText);
        const QString tip = open.down->model()->index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY2(!tip.contains(QStringLiteral("<img")), qPrintable(tip));
        keepPicture(open.window, QStringLiteral("dependencies-hostile"));
    }

    void everyInputHasAName()
    {
        OpenGraph open;
        for (const QWidget *widget : open.page->findChildren<QWidget *>()) {
            const bool isInput = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QTreeView *>(widget)
                || qobject_cast<const QSlider *>(widget) || qobject_cast<const QGraphicsView *>(widget);
            if (isInput && widget->isVisible())
                QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
        }
    }

    void assistiveToolsFindThePageByName()
    {
        OpenGraph open;
        const auto nameOf = [](QWidget *widget) {
            QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
            return spoken ? spoken->text(QAccessible::Name) : QString();
        };
        QCOMPARE(nameOf(open.page), QStringLiteral("Dependencies"));
        QCOMPARE(nameOf(open.view), QStringLiteral("Graph of dependencies"));
        QCOMPARE(nameOf(open.down), QStringLiteral("Dependents"));
        open.click("stock:AAPL");
        QAccessibleInterface *picture = QAccessible::queryAccessibleInterface(open.view);
        QVERIFY(picture->text(QAccessible::Description).contains(QStringLiteral("6 keys")));
        QAccessibleInterface *tree = QAccessible::queryAccessibleInterface(open.down);
        QVERIFY(tree->tableInterface());
        QCOMPARE(tree->role(), QAccessible::Tree);
    }

    void exportsEscapeWhatTheyAreGiven()
    {
        const auto graph = keyGraph({{"stock:A", hostile.toStdString()},
                                        {"stock:A",
                                            "search:\xef\xbf\xbf"
                                            "x"}},
            {entryRow("stock:A", "L1 L3", Millis(60'000))});
        const QByteArray dot = graphAsDot(*graph);
        QVERIFY(dot.contains("gnp\\\\\\\"w"));
        QCOMPARE(dot.count("->"), 2);
        QVERIFY(dot.contains("[style=dashed]"));
        const QJsonObject json = QJsonDocument::fromJson(graphAsJson(*graph, {})).object();
        QCOMPARE(json[QStringLiteral("nodes")].toArray().size(), 3);
        QCOMPARE(json[QStringLiteral("edges")].toArray()[0][QStringLiteral("child")].toString().isEmpty(), false);
        QXmlStreamReader xml(graphAsSvg(*graph, DrawnGraph(*graph, {}), {}));
        int texts = 0;
        while (!xml.atEnd())
            texts += xml.readNext() == QXmlStreamReader::StartElement && xml.name() == QLatin1String("text");
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(texts, 6);
    }

    void aPictureIsWrittenAndAFailureToldWithItsCause()
    {
        OpenGraph open;
        QTemporaryDir dir;
        const auto graph = keyGraph({{"stock:A", "search:a"}});
        const GraphWriter writer({graph, DrawnGraph(*graph, {}), {}}, *open.view, open.page);
        const QString file = dir.filePath(QStringLiteral("graph.png"));
        QVERIFY(writer.write(GraphBar::Export::Png, file));
        QVERIFY(QImage(file).width() > 200);
        QVERIFY(writer.write(GraphBar::Export::Json, dir.filePath(QStringLiteral("graph.json"))));
        const auto failed = writer.write(GraphBar::Export::Dot, dir.filePath(QStringLiteral("no/such/folder.dot")));
        QVERIFY(!failed);
        QVERIFY(failed.error().contains(QStringLiteral("folder.dot")));
    }

    void theTreeModelKeepsItsPromises()
    {
        KeyEdges edges{{"stock:A", "search:a"}, {"search:a", "stock:A"}, {"search:a", "user:1"}};
        for (int i = 0; i < 1200; ++i)
            edges.emplace_back("stock:B", "search:s" + std::to_string(i));
        DependencyTreeModel model(KeyGraph::Way::Down);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false); // it would insert while it still notes a reset
        const auto graph = keyGraph(edges);
        model.setGraph(graph, -1);
        model.fetchMore({});
        // stock:A and search:a stand below each other, so nothing is above them: one begins.
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("search:a"));
        const QModelIndex root = model.index(0, 0);
        while (model.canFetchMore(root))
            model.fetchMore(root);
        QCOMPARE(model.rowCount(root), 1200);
        model.setGraph(graph, graph->numberOf(keyNamed("stock:A")));
        model.fetchMore({});
        model.fetchMore(model.index(0, 0));
        const QString path = model.index(0, 0, model.index(0, 0)).data(DependencyTreeModel::PathRole).toString();
        QCOMPARE(path, QStringLiteral("stock:A\nsearch:a"));
        QCOMPARE(model.find(path), model.index(0, 0, model.index(0, 0)));
        model.update(keyGraph(edges));
    }

    void looks()
    {
        OpenGraph open({{keyNamed("search:apple"), keyNamed("stock:AAPL")}});
        open.click("stock:TSLA");
        open.moveTo("stock:AAPL");
        QSignalSpy looked(open.view, &GraphView::lookedAt);
        QTRY_VERIFY(!looked.isEmpty());
        inEveryLook(open.window, QStringLiteral("dependencies"),
            [&] { QVERIFY(!open.read().isEmpty() && open.page->windowTitle().size() > 1); });
    }
};

QTEST_MAIN(tst_DependenciesPage)
#include "tst_dependenciespage.moc"
