// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "mainwindow.h"
#include "pages/overviewpage.h"
#include "support/snapshots.h"
#include "theme/fonts.h"
#include "theme/glyphicon.h"
#include "widgets/backlogchip.h"
#include "widgets/inlinemessage.h"
#include "widgets/maintoolbar.h"
#include "widgets/slotile.h"
#include "widgets/statusline.h"
#include "widgets/tierchip.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

/// A page that counts how often it is drawn.
class CountingPage : public Page {
public:
    explicit CountingPage(const QString &title) { setWindowTitle(title); }
    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override
    {
        ++drawn;
        last = snapshot;
    }
    int drawn = 0;
    std::shared_ptr<const Snapshot> last;
};

/// A window over a snapshot that the test replaces.
struct Shell {
    std::shared_ptr<const Snapshot> snapshot = shared(normalSnapshot());
    MainWindow window{[this](SeriesRange) { return snapshot; }};
    OverviewPage *overview = new OverviewPage;
    CountingPage *other = new CountingPage(QStringLiteral("Other"));

    Shell()
    {
        window.setProfile(ProfileBadge::Kind::Demo, {}, false);
        window.addPage(QStringLiteral("overview"), glyphIcon(Glyph::Overview), overview);
        window.addPage(QStringLiteral("other"), glyphIcon(Glyph::Entries), other);
        QObject::connect(&window, &MainWindow::rangeChanged, overview, &OverviewPage::setRange);
    }
    void show(Snapshot next)
    {
        snapshot = shared(std::move(next));
        window.refresh();
    }
    void open(const QSize &size = {1280, 800})
    {
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }
    QString message() const { return window.findChild<InlineMessage *>()->text(); }
};

void keep(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("INSITECACHE_SCREENSHOTS");
    if (!folder.isEmpty())
        window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

} // namespace

class tst_MainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void everyStateCanBeRead_data();
    void everyStateCanBeRead();
    void stripNeverElides_data();
    void stripNeverElides();
    void onlyTheVisiblePageDraws();
    void pauseStopsDrawingOnly();
    void tierDownAndBackIsSaidOnceEach();
    void alertsAreCountedUntilTheyAreAcknowledged();
    void rangeReachesBackToAnEvent();
    void notificationsAreOffUntilAskedForAndRemembered();
    void foreignTextStaysPlain();
    void shortcutsReachTheirTargets();
    void typedSymbolBecomesAKey_data();
    void typedSymbolBecomesAKey();
    void languageSwitchesEverythingAtOnce();
    void panelsOpenWhenThereIsRoom();
    void layoutIsRemembered();
    void brokenLayoutIsIgnored();
    void statusLineTellsUnknownFromZero();
    void backlogIsShownWhileThereIsOne();
    void changedPoliciesAreSaid();
    void escapeLeavesAPanel();
    void everyControlHasAName();
};

void tst_MainWindow::initTestCase()
{
    applyFonts();
}

void tst_MainWindow::init()
{
    applyTheme(ThemeChoice::Light);
    applyLanguage(Language::English);
}

void tst_MainWindow::everyStateCanBeRead_data()
{
    QTest::addColumn<int>("theme");
    QTest::addColumn<int>("language");
    QTest::addColumn<QSize>("size");
    for (const auto theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
        for (const auto language : {Language::English, Language::Korean}) {
            for (const QSize &size : {QSize(1280, 800), QSize(1024, 640)}) {
                const QString name
                    = QStringLiteral("%1-%2-%3")
                          .arg(theme == ThemeChoice::Dark ? QLatin1String("dark") : QLatin1String("light"),
                              language == Language::Korean ? QLatin1String("ko") : QLatin1String("en"))
                          .arg(size.width());
                QTest::newRow(qPrintable(name)) << int(theme) << int(language) << size;
            }
        }
    }
}

void tst_MainWindow::everyStateCanBeRead()
{
    QFETCH(int, theme);
    QFETCH(int, language);
    QFETCH(QSize, size);
    Shell shell;
    shell.window.setThemeChoice(ThemeChoice(theme));
    shell.window.setLanguageChoice(Language(language));
    shell.open(size);
    const QString tag = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(shell.window.size(), size);

    shell.show(emptySnapshot());
    QVERIFY(shell.overview->findChild<QWidget *>(QStringLiteral("emptyCard"))->isVisible());
    QCoreApplication::processEvents();
    keep(shell.window, tag + QStringLiteral("-empty"));

    shell.show(normalSnapshot());
    QVERIFY(!shell.overview->findChild<QWidget *>(QStringLiteral("emptyCard"))->isVisible());
    QCoreApplication::processEvents();
    keep(shell.window, tag + QStringLiteral("-normal"));

    shell.show(degradedSnapshot());
    QCoreApplication::processEvents();
    keep(shell.window, tag + QStringLiteral("-degraded"));
    QVERIFY(shell.window.findChild<InlineMessage *>()->isVisible());
}

void tst_MainWindow::stripNeverElides_data()
{
    everyStateCanBeRead_data();
}

void tst_MainWindow::stripNeverElides()
{
    QFETCH(int, language);
    QFETCH(QSize, size);
    Shell shell;
    shell.window.setLanguageChoice(Language(language));
    shell.open(size);
    for (const Snapshot &snapshot : {emptySnapshot(), normalSnapshot(), degradedSnapshot()}) {
        shell.show(snapshot);
        QCoreApplication::processEvents();
        QList<QWidget *> parts;
        for (SloTile *tile : shell.window.findChildren<SloTile *>())
            parts << tile;
        for (TierChip *chip : shell.window.findChildren<TierChip *>())
            parts << chip;
        QCOMPARE(parts.size(), 7);
        for (const QWidget *part : parts) {
            QVERIFY2(part->width() >= part->sizeHint().width(), qPrintable(part->accessibleName()));
            const QPoint right = part->mapTo(&shell.window, QPoint(part->width(), 0));
            QVERIFY2(right.x() <= shell.window.width(), qPrintable(part->accessibleName()));
        }
    }
}

void tst_MainWindow::onlyTheVisiblePageDraws()
{
    Shell shell;
    shell.open();
    const int before = shell.other->drawn;
    shell.window.refresh();
    QCOMPARE(shell.other->drawn, before);
    QVERIFY(shell.window.showPage(QStringLiteral("other")));
    QCOMPARE(shell.other->drawn, before + 1);
    QCOMPARE(shell.window.currentPage(), QStringLiteral("other"));
    QVERIFY(!shell.window.showPage(QStringLiteral("nowhere")));
}

void tst_MainWindow::pauseStopsDrawingOnly()
{
    Shell shell;
    shell.open();
    shell.window.showPage(QStringLiteral("other"));
    const auto held = shell.other->last;
    QTest::keyClick(&shell.window, Qt::Key_E, Qt::ControlModifier);
    QVERIFY(!shell.window.isLive());

    Snapshot later = degradedSnapshot();
    later.time += std::chrono::seconds(37);
    shell.show(later);
    QCOMPARE(shell.other->last, held);
    // What matters is still said.
    QVERIFY(shell.message().contains(QStringLiteral("L2 is down")));
    // A page opened while paused shows the same moment as the one before.
    shell.window.showPage(QStringLiteral("overview"));
    shell.window.showPage(QStringLiteral("other"));
    QCOMPARE(shell.other->last, held);

    QTest::keyClick(&shell.window, Qt::Key_E, Qt::ControlModifier);
    QVERIFY(shell.window.isLive());
    QCOMPARE(shell.other->last, shell.snapshot);
}

void tst_MainWindow::alertsAreCountedUntilTheyAreAcknowledged()
{
    Shell shell;
    shell.open();
    auto *count = shell.window.findChild<QToolButton *>(QStringLiteral("alertCount"));
    auto *message = shell.window.findChild<InlineMessage *>();
    QVERIFY(!count->isVisible());
    Snapshot bad = degradedSnapshot();
    bad.alerts.push_back({99, EventKind::ObjectiveBreached, "hit-ratio", bad.time});
    shell.show(bad);
    QCOMPARE(count->text(), QStringLiteral("✖ 2 alerts"));
    QVERIFY(message->isVisible());
    QSignalSpy clicked(&shell.window, &MainWindow::alertClicked);
    bad.alerts[1].acknowledged = true;
    shell.show(bad);
    QCOMPARE(count->text(), QStringLiteral("✖ 1 alert"));
    QTest::mouseClick(count, Qt::LeftButton);
    QCOMPARE(clicked.at(0)[0].toULongLong(), bad.alerts[0].event);
    QVERIFY(message->isVisible());
    // The message tells of that alert, and somebody has seen it.
    bad.alerts[0].acknowledged = true;
    shell.show(bad);
    QVERIFY(!message->isVisible());
    QVERIFY(count->text().startsWith(QStringLiteral("✔")));
    shell.show(normalSnapshot());
    QVERIFY(!count->isVisible());
}

void tst_MainWindow::notificationsAreOffUntilAskedForAndRemembered()
{
    QTemporaryDir dir;
    QSettings settings(dir.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    const auto actionOf = [](Shell &shell) {
        for (QAction *action : shell.window.findChildren<QAction *>()) {
            if (action->text() == QStringLiteral("&Desktop Notifications"))
                return action;
        }
        return static_cast<QAction *>(nullptr);
    };
    Shell first;
    first.window.restoreLayout(settings);
    QAction *wanted = actionOf(first);
    QVERIFY(wanted && !wanted->isChecked());
    QSignalSpy toggled(&first.window, &MainWindow::notificationsToggled);
    wanted->trigger();
    QCOMPARE(toggled.count(), 1);
    first.window.saveLayout(settings);
    Shell second;
    second.window.restoreLayout(settings);
    QVERIFY(actionOf(second)->isChecked());
}

void tst_MainWindow::rangeReachesBackToAnEvent()
{
    Shell shell;
    shell.open();
    const WallTime now = shell.snapshot->time;
    QVERIFY(shell.window.reachBack(now - std::chrono::seconds(40)));
    QCOMPARE(shell.window.range(), SeriesRange::Minute1);
    QVERIFY(shell.window.reachBack(now - std::chrono::minutes(40)));
    QCOMPARE(shell.window.range(), SeriesRange::Hour1);
    QVERIFY(!shell.window.reachBack(now - std::chrono::hours(7)));
    QCOMPARE(shell.window.range(), SeriesRange::Hour1);
}

void tst_MainWindow::tierDownAndBackIsSaidOnceEach()
{
    Shell shell;
    shell.open();
    auto *message = shell.window.findChild<InlineMessage *>();
    QVERIFY(!message->isVisible());
    shell.show(degradedSnapshot());
    QVERIFY(message->isVisible());
    QVERIFY(message->text().contains(QStringLiteral("connection refused")));
    message->hide();
    Snapshot still = degradedSnapshot();
    still.time += std::chrono::seconds(10);
    shell.show(still);
    QVERIFY(!message->isVisible());

    Snapshot back = degradedSnapshot();
    addMarker(back, {.kind = EventKind::TierUp, .target = "L2", .took = Millis(20'000)});
    shell.show(back);
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), QStringLiteral("L2 is back after 00:20."));
}

void tst_MainWindow::foreignTextStaysPlain()
{
    Shell shell;
    shell.open();
    Snapshot evil = degradedSnapshot();
    evil.tiers[1].usage.detail = "<img src=x onerror=1><b>bold</b>";
    addMarker(evil, {.kind = EventKind::TierDown, .target = "L2", .detail = evil.tiers[1].usage.detail});
    shell.show(evil);
    auto *message = shell.window.findChild<InlineMessage *>();
    QVERIFY(message->text().contains(QStringLiteral("<b>bold</b>")));
    for (const QLabel *label : message->findChildren<QLabel *>()) {
        if (!label->text().isEmpty())
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    for (const TierChip *chip : shell.window.findChildren<TierChip *>())
        QVERIFY(!chip->toolTip().contains(QStringLiteral("<b>")));
}

void tst_MainWindow::shortcutsReachTheirTargets()
{
    Shell shell;
    shell.open();
    shell.window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&shell.window));
    auto *dock = new QWidget;
    dock->setWindowTitle(QStringLiteral("Invalidation"));
    shell.window.addPanel(QStringLiteral("invalidation"), dock);

    QTest::keyClick(&shell.window, Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(shell.window.currentPage(), QStringLiteral("other"));
    QTest::keyClick(&shell.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(shell.window.currentPage(), QStringLiteral("overview"));
    QTest::keyClick(&shell.window, Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(QApplication::focusWidget(), shell.window.findChild<MainToolBar *>()->lookupField());
    QVERIFY(!dock->isVisible());
    QTest::keyClick(&shell.window, Qt::Key_I, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(dock->isVisible());
    QSignalSpy undo(&shell.window, &MainWindow::undoRequested);
    QTest::keyClick(&shell.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undo.size(), 0);
    shell.window.showUndo(27);
    QTest::keyClick(&shell.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undo.size(), 1);
    shell.window.showUndo(0);
    QSignalSpy toggled(&shell.window, &MainWindow::workloadToggled);
    QTest::keyClick(&shell.window, Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(toggled.size(), 1);
    QCOMPARE(toggled.first().first().toBool(), false);
    for (int i = 0; i < 6; ++i) {
        const QWidget *before = QApplication::focusWidget();
        QTest::keyClick(&shell.window, Qt::Key_F6);
        QVERIFY(QApplication::focusWidget() != before);
    }
}

void tst_MainWindow::typedSymbolBecomesAKey_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("key");
    QTest::newRow("symbol") << " aapl "
                            << "stock:AAPL";
    QTest::newRow("KRX") << "005930.ks"
                         << "stock:005930.KS";
    QTest::newRow("a key") << "sentiment:TSLA"
                           << "sentiment:TSLA";
    QTest::newRow("a key in Korean") << QStringLiteral("search:삼성전자") << QStringLiteral("search:삼성전자");
}

void tst_MainWindow::typedSymbolBecomesAKey()
{
    QFETCH(QString, typed);
    Shell shell;
    shell.open();
    QSignalSpy asked(&shell.window, &MainWindow::lookupRequested);
    QLineEdit *field = shell.window.findChild<MainToolBar *>()->lookupField();
    field->setText(typed);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
    QTEST(asked.first().first().toString(), "key");
    field->setText(QStringLiteral("   "));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(asked.size(), 1);
}

void tst_MainWindow::languageSwitchesEverythingAtOnce()
{
    if (!canShowKorean())
        QSKIP("no font with Hangul is installed: apt-get install fonts-nanum");
    Shell shell;
    shell.open();
    const auto hasHangul = [](const QString &text) {
        return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Hangul; });
    };
    QVERIFY(!hasHangul(shell.window.windowTitle()));
    shell.window.setLanguageChoice(Language::Korean);
    QCoreApplication::sendPostedEvents();
    QVERIFY(hasHangul(shell.window.windowTitle()));
    QVERIFY(hasHangul(shell.window.findChild<QListWidget *>(QStringLiteral("navigation"))->item(0)->text()));
    for (const TimeChart *chart : shell.overview->charts()) {
        QVERIFY(hasHangul(chart->accessibleName()));
        QVERIFY(hasHangul(chart->accessibleDescription()));
    }
    for (const SloTile *tile : shell.window.findChildren<SloTile *>())
        QVERIFY(hasHangul(tile->accessibleName()));
    shell.window.setLanguageChoice(Language::English);
    QCoreApplication::sendPostedEvents();
    QVERIFY(!hasHangul(shell.window.windowTitle()));
}

void tst_MainWindow::panelsOpenWhenThereIsRoom()
{
    for (const int width : {1280, 1400}) {
        Shell shell;
        auto *panel = new QWidget;
        panel->setWindowTitle(QStringLiteral("Panel"));
        shell.window.addPanel(QStringLiteral("panel"), panel);
        shell.open({width, 800});
        QCOMPARE(panel->isVisible(), width >= 1360);
    }
}

void tst_MainWindow::layoutIsRemembered()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    for (const bool second : {false, true}) {
        Shell shell;
        auto *panel = new QWidget;
        panel->setWindowTitle(QStringLiteral("Panel"));
        shell.window.addPanel(QStringLiteral("panel"), panel);
        if (second)
            shell.window.restoreLayout(settings);
        shell.open(second ? shell.window.size() : QSize(1400, 700));
        QCOMPARE(shell.window.size(), QSize(1400, 700));
        // Wide windows open their panels; the one that was closed by hand stays closed.
        QCOMPARE(panel->isVisible(), !second);
        QCOMPARE(shell.window.range(), second ? SeriesRange::Hour1 : SeriesRange::Minutes5);
        shell.window.setRange(SeriesRange::Hour1);
        shell.window.findChild<QDockWidget *>()->hide();
        connect(&shell.window, &MainWindow::closing, &shell.window, [&] { shell.window.saveLayout(settings); });
        shell.window.close();
    }
}

void tst_MainWindow::brokenLayoutIsIgnored()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat);
    settings.setValue(QStringLiteral("geometry"), QByteArray("rubbish"));
    settings.setValue(QStringLiteral("panels"), QByteArray("rubbish"));
    settings.setValue(QStringLiteral("range"), 99);
    Shell shell;
    shell.window.restoreLayout(settings);
    QCOMPARE(shell.window.range(), SeriesRange::Minutes5);
    shell.open();
    QCOMPARE(shell.window.size(), QSize(1280, 800));
}

void tst_MainWindow::statusLineTellsUnknownFromZero()
{
    Shell shell;
    shell.open();
    Snapshot snapshot = degradedSnapshot();
    snapshot.tiers[2].configured = false;
    shell.show(snapshot);
    QStringList texts;
    for (const QLabel *label : shell.window.findChild<StatusLine *>()->findChildren<QLabel *>())
        texts << label->text();
    const QString line = texts.join(u'|');
    QVERIFY2(line.contains(QStringLiteral("L1 ● 1,204")), qPrintable(line));
    QVERIFY2(line.contains(QStringLiteral("L2 ◆ ?")), qPrintable(line));
    QVERIFY2(line.contains(QStringLiteral("L3 ■ –")), qPrintable(line));
    QVERIFY2(line.contains(QStringLiteral("96 MiB")), qPrintable(line));
}

void tst_MainWindow::backlogIsShownWhileThereIsOne()
{
    Shell shell;
    shell.open({1024, 640});
    auto *chip = shell.window.findChild<BacklogChip *>();
    QVERIFY(!chip->isVisible());
    Snapshot snapshot = degradedSnapshot();
    snapshot.outbox = {1204, Millis(34'000)};
    snapshot.writeBehind = {3, Millis(2000)};
    for (const Language language : {Language::English, Language::Korean}) {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            shell.window.setLanguageChoice(language);
            shell.window.setThemeChoice(theme);
            shell.show(snapshot);
            QCoreApplication::processEvents();
            QVERIFY(chip->isVisible());
            QVERIFY2(chip->accessibleName().contains(QStringLiteral("◷ 1,207 ")), qPrintable(chip->accessibleName()));
            keep(shell.window,
                QStringLiteral("backlog-%1-%2")
                    .arg(language == Language::Korean ? QStringLiteral("ko") : QStringLiteral("en"))
                    .arg(int(theme)));
            for (const QWidget *part : chip->parentWidget()->findChildren<QWidget *>(Qt::FindDirectChildrenOnly))
                QVERIFY2(part->width() >= part->sizeHint().width(),
                    qPrintable(QStringLiteral("%1: %2 < %3")
                                   .arg(part->accessibleName())
                                   .arg(part->width())
                                   .arg(part->sizeHint().width())));
        }
    }
    shell.window.setLanguageChoice(Language::English);
    QCoreApplication::processEvents();
    QVERIFY2(chip->toolTip().contains(QStringLiteral("1204 removals")), qPrintable(chip->toolTip()));
    QVERIFY2(chip->toolTip().contains(QStringLiteral("3 writes")), qPrintable(chip->toolTip()));
    // A queue that comes and goes does not make the strip jump.
    snapshot.outbox = snapshot.writeBehind = {};
    snapshot.time += std::chrono::seconds(4);
    shell.show(snapshot);
    QVERIFY(chip->isVisible());
    QVERIFY(chip->accessibleName().contains(QStringLiteral("✔")));
    snapshot.time += std::chrono::seconds(1);
    shell.show(snapshot);
    QVERIFY(!chip->isVisible());
}

void tst_MainWindow::changedPoliciesAreSaid()
{
    Shell shell;
    shell.open();
    shell.window.showPolicyChange({QStringLiteral("stock"), QStringLiteral("news")});
    QCOMPARE(shell.window.findChild<StatusLine *>()->currentMessage(), QStringLiteral("Policies changed: stock, news"));
    shell.window.warnOfPolicies({ErrorCode::Corrupt, "policies.toml cannot be used", "correct the file"});
    QVERIFY2(
        shell.message().startsWith(QStringLiteral("The policies stay as they are. ")), qPrintable(shell.message()));
    QVERIFY(shell.message().contains(QStringLiteral("correct the file")));
}

void tst_MainWindow::escapeLeavesAPanel()
{
    Shell shell;
    auto *field = new QLineEdit(shell.overview);
    auto *inside = new QLineEdit;
    shell.window.addPanel(QStringLiteral("invalidation"), inside);
    shell.open();
    for (const bool floating : {false, true}) {
        shell.window.findChild<QDockWidget *>(QStringLiteral("invalidation"))->setFloating(floating);
        field->setFocus();
        Q_EMIT shell.overview->invalidationRequested(Selector::all());
        inside->setFocus();
        shell.window.showPanel(QStringLiteral("invalidation")); // asked for again from inside
        QTest::keyClick(inside, Qt::Key_Escape);
        QCOMPARE(shell.window.focusWidget(), field);
    }
    field->hide();
    shell.window.showPanel(QStringLiteral("invalidation"));
    QTest::keyClick(inside, Qt::Key_Escape);
    QVERIFY(shell.window.focusWidget() && shell.window.focusWidget()->isVisible());
    QVERIFY(shell.window.focusWidget() != inside);
}

void tst_MainWindow::everyControlHasAName()
{
    Shell shell;
    shell.open();
    QVERIFY(!shell.window.windowTitle().isEmpty());
    for (const QWidget *widget : shell.window.findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || !widget->isVisible())
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty())
            || widget == shell.other || widget == shell.overview;
        QVERIFY2(named,
            qPrintable(QStringLiteral("%1 in %2")
                           .arg(QString::fromLatin1(widget->metaObject()->className()),
                               QString::fromLatin1(widget->parent()->metaObject()->className()))));
    }
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
