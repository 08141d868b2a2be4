// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTimer>
#include <QVBoxLayout>

#include "charts/chartseries.h"
#include "dialogs/shortcutsdialog.h"
#include "formatting/format.h"
#include "mainwindowactions.h"
#include "models/eventtexts.h"
#include "models/typedkey.h"
#include "theme/glyphicon.h"
#include "widgets/inlinemessage.h"
#include "widgets/maintoolbar.h"
#include "widgets/slostrip.h"
#include "widgets/statusline.h"

namespace insitecache {

namespace {

constexpr int refreshMs = 1000;
constexpr int panelsOpenFrom = 1360;
constexpr int layoutVersion = 1; ///< raise it when panels change, so that an old layout is not applied

} // namespace

MainWindow::MainWindow(SnapshotSource source, QWidget *parent) :
    QMainWindow(parent), m_source(std::move(source)), m_actions(new MainWindowActions(*this)),
    m_tools(new MainToolBar(*m_actions, this)), m_strip(new SloStrip(this)), m_message(new InlineMessage(this)),
    m_navigation(new QListWidget(this)), m_stack(new QStackedWidget(this)), m_status(new StatusLine(this)),
    m_tick(new QTimer(this))
{
    setObjectName(QStringLiteral("MainWindow"));
    setWindowIcon(glyphIcon(Glyph::App));
    setMinimumSize(1024, 640);
    resize(1280, 800);
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    setTabPosition(Qt::RightDockWidgetArea, QTabWidget::North);
    addToolBar(m_tools);
    setStatusBar(m_status);
    buildCentre();
    connectActions();
    connectChoices();
    m_tick->setInterval(refreshMs);
    connect(m_tick, &QTimer::timeout, this, &MainWindow::refresh);
    m_tick->start();
    showTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre()
{
    m_navigation->setObjectName(QStringLiteral("navigation"));
    m_navigation->setAccessibleName(tr("Pages"));
    m_navigation->setFrameShape(QFrame::NoFrame);
    m_navigation->setFixedWidth(132);
    m_navigation->setIconSize({18, 18});
    m_navigation->setSpacing(2);
    m_navigation->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    auto *messageRow = new QHBoxLayout;
    messageRow->setContentsMargins(8, 4, 8, 0);
    messageRow->addWidget(m_message);
    right->addLayout(messageRow);
    right->addWidget(m_stack, 1);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_navigation);
    row->addLayout(right, 1);
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addLayout(row, 1);
    setCentralWidget(centre);
    connect(m_navigation, &QListWidget::currentRowChanged, this, &MainWindow::selectPage);
    connect(m_strip, &SloStrip::tileClicked, this, &MainWindow::objectiveClicked);
}

void MainWindow::connectActions()
{
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->saveImage, &QAction::triggered, this, &MainWindow::saveImage);
    connect(m_actions->live, &QAction::toggled, this, &MainWindow::setLive);
    connect(m_actions->refresh, &QAction::triggered, this, &MainWindow::refresh);
    connect(m_actions->refresh, &QAction::triggered, this, &MainWindow::refreshRequested);
    connect(m_actions->find, &QAction::triggered, this, [this] {
        if (page() && page()->findField())
            page()->findField()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_actions->nextPane, &QAction::triggered, this, [this] { cyclePane(1); });
    connect(m_actions->previousPane, &QAction::triggered, this, [this] { cyclePane(-1); });
    connect(m_actions->resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_actions->fullScreen, &QAction::toggled, this,
        [this](bool full) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, full)); });
    connect(m_actions->quickLookup, &QAction::triggered, this, &MainWindow::focusQuickLookup);
    connect(m_actions->invalidate, &QAction::triggered, this, [this] { showPanel(QStringLiteral("invalidation")); });
    connect(m_actions->undo, &QAction::triggered, this, &MainWindow::undoRequested);
    connect(m_actions->bookmark, &QAction::triggered, this, &MainWindow::bookmarkRequested);
    connect(m_actions->notifications, &QAction::toggled, this, &MainWindow::notificationsToggled);
    connect(m_status, &StatusLine::alertClicked, this, &MainWindow::alertClicked);
    connect(m_actions->workload, &QAction::triggered, this, &MainWindow::workloadToggled);
    connect(m_actions->shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_actions->about, &QAction::triggered, this, &MainWindow::showAbout);
    connect(m_tools, &MainToolBar::lookupTyped, this,
        [this](const QString &typed) { Q_EMIT lookupRequested(keyTextOf(typed)); });
    connect(m_tools, &MainToolBar::rangeChosen, this, [this](SeriesRange chosen) {
        Q_EMIT rangeChanged(chosen);
        refresh();
    });
}

void MainWindow::connectChoices()
{
    connect(m_actions->themes, &QActionGroup::triggered, this,
        [this](QAction *action) { setThemeChoice(ThemeChoice(action->data().toInt())); });
    connect(m_actions->languages, &QActionGroup::triggered, this,
        [this](QAction *action) { setLanguageChoice(Language(action->data().toInt())); });
}

void MainWindow::addPage(const QString &id, const QIcon &icon, Page *page)
{
    m_pages.append({id, page});
    m_stack->addWidget(page);
    const auto number = static_cast<int>(m_pages.size());
    auto *item = new QListWidgetItem(icon, page->windowTitle(), m_navigation);
    item->setSizeHint({0, 36});
    auto *action = new QAction(icon, page->windowTitle(), this);
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)));
    m_actions->pages->addAction(action);
    item->setToolTip(action->shortcut().toString(QKeySequence::NativeText));
    connect(action, &QAction::triggered, this, [this, number] { m_navigation->setCurrentRow(number - 1); });
    connect(page, &QWidget::windowTitleChanged, this, [this, item, action](const QString &title) {
        item->setText(title);
        action->setText(title);
        showTitle();
    });
    connect(page, &Page::messageShown, this, &MainWindow::say);
    connect(page, &Page::lookupRequested, this, &MainWindow::lookupRequested);
    connect(
        page, &Page::targetChosen, this, [this](const Selector &which) { Q_EMIT invalidationRequested(which, false); });
    connect(page, &Page::dependenciesRequested, this, &MainWindow::dependenciesRequested);
    connect(page, &Page::invalidationRequested, this, [this](const Selector &which, bool atOnce) {
        showPanel(QStringLiteral("invalidation"));
        Q_EMIT invalidationRequested(which, atOnce);
    });
    if (number == 1)
        m_navigation->setCurrentRow(0);
}

void MainWindow::addPanel(const QString &id, QWidget *content)
{
    auto *dock = new QDockWidget(content->windowTitle(), this);
    dock->setObjectName(id);
    dock->setWidget(content);
    dock->setAllowedAreas(Qt::RightDockWidgetArea | Qt::LeftDockWidgetArea);
    connect(content, &QWidget::windowTitleChanged, dock, &QDockWidget::setWindowTitle);
    const QList<QDockWidget *> others = findChildren<QDockWidget *>();
    addDockWidget(Qt::RightDockWidgetArea, dock);
    if (others.size() > 1)
        tabifyDockWidget(others.first() == dock ? others.last() : others.first(), dock);
    m_actions->docks->addAction(dock->toggleViewAction());
    dock->setVisible(false);
    dock->installEventFilter(this);
}

bool MainWindow::showPage(const QString &id)
{
    for (int i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].id == id) {
            m_navigation->setCurrentRow(i);
            return true;
        }
    }
    say(tr("There is no page named “%1”.").arg(id));
    return false;
}

QString MainWindow::currentPage() const
{
    const int index = m_stack->currentIndex();
    return index < 0 ? QString() : m_pages[index].id;
}

Page *MainWindow::page() const
{
    const int index = m_stack->currentIndex();
    return index < 0 ? nullptr : m_pages[index].page;
}

void MainWindow::showPanel(const QString &id)
{
    if (auto *dock = findChild<QDockWidget *>(id)) {
        rememberFocus();
        dock->show();
        dock->raise();
        if (dock->widget())
            dock->widget()->setFocus(Qt::OtherFocusReason);
    }
}

void MainWindow::selectPage(int index)
{
    m_stack->setCurrentIndex(index);
    showTitle();
    showCurrent();
}

void MainWindow::showTitle()
{
    const QString where = page() ? page()->windowTitle() : QString();
    setWindowTitle(QStringLiteral("%1 — %2 — InsiteCache").arg(where, m_tools->badge()->text()));
}

void MainWindow::refresh()
{
    const std::shared_ptr<const Snapshot> newest = m_source ? m_source(range()) : nullptr;
    if (!newest)
        return;
    m_status->showSnapshot(*newest);
    m_tools->showWorkload(newest->workload);
    m_strip->showSnapshot(*newest, range());
    announce(*newest);
    Q_EMIT snapshotTaken(newest);
    if (isLive())
        m_shown = newest;
    showLag();
    if (isLive())
        showCurrent();
}

void MainWindow::showCurrent()
{
    if (m_shown && page())
        page()->showSnapshot(m_shown);
}

void MainWindow::setLive(bool live)
{
    if (live)
        m_pausedSince.invalidate();
    else
        m_pausedSince.start();
    showLag();
    if (live)
        refresh();
}

void MainWindow::showLag()
{
    m_tools->showLag(isLive(), Millis(m_pausedSince.isValid() ? m_pausedSince.elapsed() : 0));
}

void MainWindow::announce(const Snapshot &snapshot)
{
    for (const EventPtr &event : snapshot.markers) {
        if (event->id <= m_announced)
            continue;
        if (const QString sentence = eventSentence(*event); !sentence.isEmpty()) {
            m_message->showMessage(
                isBadNews(event->kind) ? InlineMessage::Kind::Bad : InlineMessage::Kind::Good, sentence);
            m_told = event->id;
        }
    }
    m_announced = snapshot.newestEvent;
    for (const Alert &alert : snapshot.alerts) {
        if (alert.acknowledged && alert.event == m_told)
            m_message->hide();
    }
}

void MainWindow::setProfile(ProfileBadge::Kind kind, const QString &name, bool readOnly)
{
    m_tools->badge()->show(kind, name, readOnly);
    showTitle();
}

void MainWindow::setRange(SeriesRange range)
{
    m_tools->setRange(range);
}

bool MainWindow::reachBack(WallTime time)
{
    const auto range = m_shown ? rangeThatReaches(m_shown->time - time) : std::nullopt;
    if (range)
        setRange(*range);
    else
        say(tr("The charts do not go back to %1.", "time").arg(format::timeOfDay(time)));
    return range.has_value();
}

SeriesRange MainWindow::range() const
{
    return m_tools->range();
}

bool MainWindow::isLive() const
{
    return m_actions->live->isChecked();
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_theme = choice;
    applyTheme(choice);
    m_actions->themes->actions().at(static_cast<int>(choice))->setChecked(true);
}

void MainWindow::setLanguageChoice(Language language)
{
    m_language = language;
    const bool shown = applyLanguage(language);
    m_actions->languages->actions().at(static_cast<int>(language))->setChecked(true);
    if (!shown)
        warn(tr("Korean needs a font with Hangul, so this stays in English; install fonts-noto-cjk or fonts-nanum."));
}

void MainWindow::focusQuickLookup()
{
    m_tools->lookupField()->setFocus(Qt::ShortcutFocusReason);
    m_tools->lookupField()->selectAll();
}

void MainWindow::say(const QString &text)
{
    m_status->say(text);
}

void MainWindow::showUndo(int secondsLeft)
{
    m_actions->undo->setEnabled(secondsLeft > 0);
    m_actions->undo->setToolTip(secondsLeft > 0 ? tr("%n s left", nullptr, secondsLeft) : QString());
}

void MainWindow::warn(const QString &text)
{
    m_message->showMessage(InlineMessage::Kind::Bad, text);
    m_told = 0;
}

void MainWindow::showPolicyChange(const QStringList &types)
{
    say(tr("Policies changed: %1", "types").arg(types.join(QStringLiteral(", "))));
}

void MainWindow::warnOfPolicies(const Error &error)
{
    warn(tr("The policies stay as they are. %1", "cause").arg(format::error(error)));
}

void MainWindow::cyclePane(int step)
{
    QList<QWidget *> panes{m_navigation, m_stack, m_strip, m_tools};
    for (QDockWidget *dock : findChildren<QDockWidget *>()) {
        if (dock->isVisible() && dock->widget())
            panes.insert(2, dock->widget());
    }
    const QWidget *focused = focusWidget();
    qsizetype current = -1;
    for (qsizetype i = 0; i < panes.size(); ++i) {
        if (focused && (panes[i] == focused || panes[i]->isAncestorOf(focused)))
            current = i;
    }
    const qsizetype count = panes.size();
    for (qsizetype tried = 1; tried <= count; ++tried) {
        QWidget *pane = panes[((current + step * tried) % count + count) % count];
        QWidget *target = pane == m_stack ? static_cast<QWidget *>(page()) : pane;
        if (!target)
            continue;
        while (target && target->focusPolicy() == Qt::NoFocus && target != this)
            target = target->nextInFocusChain();
        if (target && pane->isVisible()) {
            target->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void MainWindow::rememberFocus()
{
    QWidget *focused = focusWidget();
    for (const QDockWidget *dock : findChildren<QDockWidget *>()) {
        if (dock->isAncestorOf(focused))
            return;
    }
    m_cameFrom = focused;
}

void MainWindow::leavePanel()
{
    QWidget *target = m_cameFrom;
    if ((!target || !target->isVisible()) && page())
        target = page()->findField();
    if (!target || !target->isVisible())
        target = m_navigation;
    target->activateWindow();
    target->setFocus(Qt::OtherFocusReason);
}

// What a panel's widgets do with Esc themselves they keep; the rest arrives at the dock, also when that floats.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress && qobject_cast<QDockWidget *>(watched);
    if (!isKey || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QMainWindow::eventFilter(watched, event);
    leavePanel();
    return true;
}

void MainWindow::resetLayout()
{
    for (QDockWidget *dock : findChildren<QDockWidget *>()) {
        dock->setFloating(false);
        addDockWidget(Qt::RightDockWidgetArea, dock);
        dock->setVisible(width() >= panelsOpenFrom);
    }
    const QList<QDockWidget *> docks = findChildren<QDockWidget *>();
    for (qsizetype i = 1; i < docks.size(); ++i)
        tabifyDockWidget(docks.first(), docks[i]);
    if (!docks.isEmpty())
        docks.first()->raise();
}

void MainWindow::restoreLayout(const QSettings &settings)
{
    restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
    m_arranged = restoreState(settings.value(QStringLiteral("panels")).toByteArray(), layoutVersion);
    const int range = settings.value(QStringLiteral("range"), -1).toInt();
    if (range >= 0 && range <= static_cast<int>(SeriesRange::Hours6))
        setRange(static_cast<SeriesRange>(range));
    m_actions->notifications->setChecked(settings.value(QStringLiteral("notifications"), false).toBool());
}

void MainWindow::saveLayout(QSettings &settings) const
{
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("panels"), saveState(layoutVersion));
    settings.setValue(QStringLiteral("range"), static_cast<int>(range()));
    settings.setValue(QStringLiteral("notifications"), m_actions->notifications->isChecked());
}

void MainWindow::saveImage()
{
    auto *dialog = new QFileDialog(this, tr("Save Window as PNG"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->setNameFilter(QStringLiteral("PNG (*.png)"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        if (grab().save(file))
            say(tr("Saved: %1").arg(file));
        else
            warn(tr("The picture could not be written to %1; choose a folder that can be written to.").arg(file));
    });
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto *dialog = new ShortcutsDialog(m_actions->shortcutList(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(glyphIcon(Glyph::App).pixmap(64, 64));
    box->setWindowTitle(tr("About InsiteCache"));
    box->setTextFormat(Qt::PlainText);
    box->setText(QStringLiteral("InsiteCache %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(tr("One cache of three tiers between a stock service and its upstreams, and a window that "
                               "shows it working.\nFree software under the GNU General Public License, version 3 or "
                               "later.\nUses Qt %1.")
                                .arg(QLatin1String(qVersion())));
    box->open();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_actions->retranslate();
        m_navigation->setAccessibleName(tr("Pages"));
        showLag();
        refresh();
        showTitle();
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!m_arranged) {
        m_arranged = true;
        resetLayout();
        refresh();
    }
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Q_EMIT closing();
    QMainWindow::closeEvent(event);
}

} // namespace insitecache
