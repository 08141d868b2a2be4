// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace insitecache {

/// Every command of the window with its words, shortcut and place in the menus. No bare letters (a Hangul input method
/// swallows them) and no Shift+Space or Ctrl+Space (these switch it).
class MainWindowActions : public QObject {
    Q_OBJECT

public:
    explicit MainWindowActions(QMainWindow &window);

    void retranslate();
    /// One line per shortcut that works now: "Ctrl+E  Live or pause".
    QString shortcutList() const;

    QAction *saveImage, *quit;
    QAction *live, *refresh, *find, *nextPane, *previousPane, *resetLayout, *fullScreen, *bookmark, *notifications;
    QAction *quickLookup, *invalidate, *undo;
    QAction *workload;
    QAction *shortcuts, *about;
    QMenu *file, *view, *cache, *workloadMenu, *help;
    QMenu *pages, *docks, *theme, *language;
    QActionGroup *themes, *languages; ///< data: int of ThemeChoice, Language

private:
    QAction *add(QMenu *menu, const QList<QKeySequence> &keys = {});
    void addChoices(QMenu *menu, QActionGroup *group);
    void makeFileAndView();
    void makeOthers();

    QMainWindow &m_window;
};

} // namespace insitecache
