// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindowactions.h"

#include <QAction>
#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include "theme/glyphicon.h"
#include "theme/language.h"
#include "theme/theme.h"

namespace insitecache {

MainWindowActions::MainWindowActions(QMainWindow &window) : QObject(&window), m_window(window)
{
    makeFileAndView();
    makeOthers();
    retranslate();
}

QAction *MainWindowActions::add(QMenu *menu, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(&m_window);
    action->setShortcuts(keys);
    menu->addAction(action);
    return action;
}

void MainWindowActions::addChoices(QMenu *menu, QActionGroup *group)
{
    for (int choice = 0; choice < 3; ++choice) {
        QAction *action = add(menu);
        action->setCheckable(true);
        action->setData(choice);
        group->addAction(action);
    }
}

void MainWindowActions::makeFileAndView()
{
    QMenuBar *bar = m_window.menuBar();
    file = bar->addMenu(QString());
    saveImage = add(file, {QKeySequence(Qt::CTRL | Qt::Key_S)});
    file->addSeparator();
    quit = add(file, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);

    view = bar->addMenu(QString());
    pages = view->addMenu(QString());
    docks = view->addMenu(QString());
    view->addSeparator();
    live = add(view, {QKeySequence(Qt::CTRL | Qt::Key_E)});
    live->setCheckable(true);
    live->setChecked(true);
    refresh = add(view, {QKeySequence(Qt::Key_F5)});
    refresh->setIcon(glyphIcon(Glyph::Refresh));
    find = add(view, {QKeySequence(Qt::CTRL | Qt::Key_F)});
    nextPane = add(view, {QKeySequence(Qt::Key_F6)});
    previousPane = add(view, {QKeySequence(Qt::SHIFT | Qt::Key_F6)});
    bookmark = add(view, {QKeySequence(Qt::CTRL | Qt::Key_B)});
    view->addSeparator();
    theme = view->addMenu(QString());
    themes = new QActionGroup(this);
    addChoices(theme, themes);
    language = view->addMenu(QString());
    languages = new QActionGroup(this);
    addChoices(language, languages);
    view->addSeparator();
    resetLayout = add(view);
    fullScreen = add(view, {QKeySequence(Qt::Key_F11)});
    fullScreen->setCheckable(true);
    notifications = add(view);
    notifications->setCheckable(true);
}

void MainWindowActions::makeOthers()
{
    QMenuBar *bar = m_window.menuBar();
    cache = bar->addMenu(QString());
    quickLookup = add(cache, {QKeySequence(Qt::CTRL | Qt::Key_K)});
    quickLookup->setIcon(glyphIcon(Glyph::Search));
    invalidate = add(cache, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    invalidate->setIcon(glyphIcon(Glyph::Invalidate));

    undo = add(cache, {QKeySequence(Qt::CTRL | Qt::Key_Z)});
    undo->setIcon(glyphIcon(Glyph::Undo));
    undo->setEnabled(false);

    workloadMenu = bar->addMenu(QString());
    workload = add(workloadMenu, {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)});
    workload->setCheckable(true);
    workload->setIcon(glyphIcon(Glyph::Play));

    help = bar->addMenu(QString());
    shortcuts = add(help, {QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Slash)});
    about = add(help);
    about->setMenuRole(QAction::AboutRole);
}

void MainWindowActions::retranslate()
{
    file->setTitle(tr("&File"));
    saveImage->setText(tr("&Save Window as PNG…"));
    quit->setText(tr("&Quit"));
    view->setTitle(tr("&View"));
    pages->setTitle(tr("&Pages"));
    docks->setTitle(tr("Pa&nels"));
    live->setText(tr("&Live"));
    live->setToolTip(tr("Live or paused. Pausing stops drawing only, never the cache or the workload."));
    refresh->setText(tr("&Refresh Now"));
    find->setText(tr("&Find or Filter"));
    nextPane->setText(tr("Ne&xt Pane"));
    previousPane->setText(tr("Pre&vious Pane"));
    theme->setTitle(tr("&Theme"));
    language->setTitle(tr("Lan&guage"));
    const QString themeWords[] = {tr("&System"), tr("&Light"), tr("&Dark")};
    for (QAction *action : themes->actions())
        action->setText(themeWords[action->data().toInt()]);
    // Each language in its own words, so that it can be found by who does not read the other.
    const QString languageWords[] = {tr("&System"), QStringLiteral("&English"), QStringLiteral("한국어 (&K)")};
    for (QAction *action : languages->actions())
        action->setText(languageWords[action->data().toInt()]);
    resetLayout->setText(tr("Reset La&yout"));
    fullScreen->setText(tr("F&ull Screen"));
    bookmark->setText(tr("Set &Bookmark…"));
    bookmark->setToolTip(tr("Marks this moment, or where the time cursor is pinned, on the charts and in the events"));
    notifications->setText(tr("&Desktop Notifications"));
    notifications->setToolTip(tr("Tell of alerts through the desktop, and when they are over"));
    cache->setTitle(tr("&Cache"));
    quickLookup->setText(tr("&Look Up…"));
    invalidate->setText(tr("&Invalidate…"));
    undo->setText(tr("&Undo Invalidation"));
    workloadMenu->setTitle(tr("&Workload"));
    workload->setText(tr("&Run Workload"));
    help->setTitle(tr("&Help"));
    shortcuts->setText(tr("&Keyboard Shortcuts"));
    about->setText(tr("&About InsiteCache"));
}

QString MainWindowActions::shortcutList() const
{
    QStringList lines;
    for (const QAction *action : m_window.findChildren<QAction *>()) {
        if (action->shortcut().isEmpty() || action->text().isEmpty())
            continue;
        QString words = action->text();
        words.remove(u'&');
        lines << QStringLiteral("%1\t%2").arg(
            QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText), words);
    }
    lines.removeDuplicates();
    return lines.join(u'\n');
}

} // namespace insitecache
