// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

#include "dialogs/bookmarkdialog.h"
#include "pages/eventspage.h"
#include "support/pagerig.h"
#include "support/snapshots.h"
#include "widgets/desktopnotifier.h"
#include "widgets/followview.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// The page over a real cache in which things happen.
struct Scene {
    PageRig rig{std::map<std::string, Result<std::string>>{{"stock:AAPL", std::string("value")}}};
    EventsPage page{rig.monitor()};
    FollowView *view = page.findChild<FollowView *>();
    QLineEdit *search = page.findChild<QLineEdit *>(QStringLiteral("eventSearch"));

    void show(const QSize &size = {890, 520})
    {
        page.resize(size);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        follow();
    }
    void follow() { page.follow(rig.monitor().snapshot()); }
    void bookmarks(int count, const std::string &text = "note")
    {
        for (int i = 0; i < count; ++i)
            rig.monitor().bookmark(text);
        follow();
        QApplication::processEvents();
    }
    int rows() const { return view->model()->rowCount(); }
    QPushButton *button(const char *name) { return page.findChild<QPushButton *>(QLatin1String(name)); }
    QToolButton *chip(const char *name) { return page.findChild<QToolButton *>(QLatin1String(name)); }
};

} // namespace

class tst_EventsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }

    void whatTheMonitorNotesIsShown()
    {
        Scene scene;
        scene.show();
        QVERIFY(scene.page.findChild<QLabel *>(QStringLiteral("eventsStatus"))->text().startsWith(u'0'));
        Invalidation what{Selector::keys({cacheKey(QStringLiteral("stock:AAPL"))})};
        what.reason = "<b>holiday</b>";
        scene.rig.monitor().invalidate(what).waitForFinished();
        scene.follow();
        QCOMPARE(scene.rows(), 1);
        scene.view->selectRow(0);
        const QString details = scene.page.findChild<QPlainTextEdit *>(QStringLiteral("eventDetails"))->toPlainText();
        QVERIFY2(details.contains(QStringLiteral("stock:AAPL · 0 · <b>holiday</b>")), qPrintable(details));
        QVERIFY(details.contains(QStringLiteral("requested 0")));
    }

    void theReasonTakesWhatRoomThereIs()
    {
        Scene scene;
        scene.show({1400, 520});
        QHeaderView *header = scene.view->horizontalHeader();
        const int reason = static_cast<int>(EventColumn::Reason);
        QCOMPARE(header->length(), scene.view->viewport()->width());
        const int wide = header->sectionSize(reason);
        scene.page.resize(600, 520);
        QTRY_VERIFY(header->length() > scene.view->viewport()->width());
        QVERIFY(header->sectionSize(reason) < wide);
    }

    void followStopsWhenScrolledUpAndGoesOn()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(200);
        QScrollBar *bar = scene.view->verticalScrollBar();
        QVERIFY(scene.view->isFollowing());
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(!scene.button("newEvents")->isVisible());
        bar->setValue(bar->maximum() / 2);
        const int held = bar->value();
        scene.bookmarks(12);
        QCOMPARE(bar->value(), held);
        QCOMPARE(scene.button("newEvents")->text(), QStringLiteral("↓ 12 new events"));
        QTest::mouseClick(scene.button("newEvents"), Qt::LeftButton);
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(!scene.button("newEvents")->isVisible());
        scene.bookmarks(5);
        QCOMPARE(bar->value(), bar->maximum());
    }

    void searchAndChipsFilterAndAreTakenBack()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(3, "한글 메모");
        scene.bookmarks(2, "other");
        scene.search->setFocus();
        typeText(*scene.search, QStringLiteral("메모"));
        QTRY_COMPARE(scene.rows(), 3);
        QTest::mouseClick(scene.chip("chip-errors"), Qt::LeftButton);
        QCOMPARE(scene.rows(), 0);
        QVERIFY(scene.button("showAllEvents")->isVisible());
        QTest::mouseClick(scene.button("showAllEvents"), Qt::LeftButton);
        QCOMPARE(scene.rows(), 5);
        QVERIFY(!scene.chip("chip-errors")->isChecked() && scene.search->text().isEmpty());
    }

    void anEventIsFoundBehindTheFilter()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(100);
        QTest::mouseClick(scene.chip("chip-tiers"), Qt::LeftButton);
        QCOMPARE(scene.rows(), 0);
        QVERIFY(scene.page.choose(40));
        QCOMPARE(scene.view->currentIndex().row(), 39);
        QVERIFY(!scene.view->isFollowing());
        QVERIFY(!scene.page.choose(4000));
        // It may be newer than what the page has taken over.
        scene.rig.monitor().bookmark("newest");
        QVERIFY(scene.page.choose(101));
    }

    void aChosenEventIsTakenToTheCharts()
    {
        Scene scene;
        scene.show();
        QVERIFY(!scene.button("showOnChart")->isEnabled());
        scene.bookmarks(3);
        QSignalSpy asked(&scene.page, &EventsPage::chartsAsked);
        scene.view->selectRow(1);
        QTest::mouseClick(scene.button("showOnChart"), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked[0][0].value<EventPtr>()->id, std::uint64_t(2));
        QVERIFY(!scene.button("acknowledge")->isEnabled()); // a bookmark is no alert
    }

    void anAlertIsAcknowledgedOnce()
    {
        PageRig rig({}, false);
        EventsPage page(rig.monitor());
        page.show();
        rig.withSource([](ScriptedSource &source) { source.frozenFor = Millis(60'000); });
        QTRY_COMPARE(rig.monitor().snapshot()->alerts.size(), std::size_t(1));
        page.follow(rig.monitor().snapshot());
        page.findChild<FollowView *>()->selectRow(0);
        auto *acknowledge = page.findChild<QPushButton *>(QStringLiteral("acknowledge"));
        QVERIFY(acknowledge->isEnabled());
        QTest::mouseClick(acknowledge, Qt::LeftButton);
        QVERIFY(rig.monitor().snapshot()->alerts[0].acknowledged);
        page.follow(rig.monitor().snapshot());
        QVERIFY(!acknowledge->isEnabled());
        QCOMPARE(page.findChild<FollowView *>()->model()->rowCount(), 2);
    }

    void whatIsChosenIsCopied()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(3, "=1+1");
        scene.view->selectAll();
        scene.page.activateWindow();
        scene.view->setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&scene.page));
        QTest::keyClick(scene.view, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 3);
        QCOMPARE(
            QJsonDocument::fromJson(lines[0].toUtf8())[QLatin1String("reason")].toString(), QStringLiteral("=1+1"));
    }

    void whatTheFilterLeavesIsExported()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(3, "=keep");
        scene.bookmarks(2, "other");
        scene.search->setText(QStringLiteral("keep"));
        QTRY_COMPARE(scene.rows(), 3);
        QTemporaryDir dir;
        QSignalSpy said(&scene.page, &Page::messageShown);
        const auto exportTo = [&](const QString &file) {
            QTest::mouseClick(scene.button("exportEvents"), Qt::LeftButton);
            auto *dialog = scene.page.findChild<QFileDialog *>();
            Q_EMIT dialog->fileSelected(file);
            dialog->close();
            QApplication::sendPostedEvents(dialog, QEvent::DeferredDelete);
            QFile out(file);
            return out.open(QIODevice::ReadOnly) ? out.readAll() : QByteArray();
        };
        QCOMPARE(exportTo(dir.filePath(QStringLiteral("e.jsonl"))).count('\n'), 3);
        const QByteArray csv = exportTo(dir.filePath(QStringLiteral("e.csv")));
        QVERIFY(csv.startsWith("\xEF\xBB\xBF") && csv.contains("\"'=keep\""));
        QVERIFY(said.last()[0].toString().startsWith(QStringLiteral("3 events written to ")));
        QVERIFY(exportTo(dir.filePath(QStringLiteral("none/e.csv"))).isEmpty());
        QVERIFY(said.last()[0].toString().contains(QStringLiteral("choose a folder")));
    }

    void aBookmarkBelongsToTheTimeItWasAskedAt()
    {
        QWidget window;
        window.show();
        const WallTime time{Millis(1'790'000'000'000)};
        auto *dialog = new BookmarkDialog(time, &window);
        QSignalSpy set(dialog, &BookmarkDialog::bookmarked);
        dialog->open();
        dialog->setTextValue(QStringLiteral("  before   the <b>release</b> "));
        dialog->accept();
        QCOMPARE(set.count(), 1);
        QCOMPARE(set[0][0].toString(), QStringLiteral("before the <b>release</b>"));
        QCOMPARE(set[0][1].value<WallTime>(), time);
    }

    void theDesktopIsLeftAloneUntilSomebodyWantsIt()
    {
        DesktopNotifier notifier;
        QSignalSpy unavailable(&notifier, &DesktopNotifier::unavailable);
        notifier.follow(degradedSnapshot());
        QCOMPARE(unavailable.count(), 0);
        // There is no tray here, and that is said; nothing else happens.
        notifier.setEnabled(true);
        notifier.follow(degradedSnapshot());
        notifier.setEnabled(false);
        QCOMPARE(unavailable.count(), 1);
    }

    void everyLookIsWhole()
    {
        Scene scene;
        scene.show();
        scene.bookmarks(30, "<b>note</b>");
        scene.rig.monitor().invalidate({Selector::all()}).waitForFinished();
        scene.follow();
        scene.view->selectRow(30);
        inEveryLook(scene.page, QStringLiteral("events"), [&] {
            QVERIFY(!scene.view->accessibleName().isEmpty() && !scene.search->accessibleName().isEmpty());
            for (const auto *button : scene.page.findChildren<QAbstractButton *>()) {
                if (button->isVisible())
                    QVERIFY2(button->width() >= button->sizeHint().width() - 2, qPrintable(button->text()));
            }
            QVERIFY(scene.page.minimumSizeHint().width() <= 890);
        });
    }
};

QTEST_MAIN(tst_EventsPage)
#include "tst_eventspage.moc"
