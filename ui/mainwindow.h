// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QElapsedTimer>
#include <QMainWindow>
#include <QPointer>

#include "pages/page.h"
#include "theme/language.h"
#include "theme/theme.h"
#include "widgets/profilebadge.h"

class QListWidget;
class QSettings;
class QStackedWidget;
class QTimer;

namespace insitecache {

class InlineMessage;
class MainToolBar;
class MainWindowActions;
class SloStrip;
class StatusLine;

/// The dashboard's shell: menus, tool bar, strip, navigation, pages, docks, status line. It knows pages by their
/// interface only and pulls a snapshot once a second; it never waits for anything. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Gives the newest snapshot of a range; may be null before there is one.
    using SnapshotSource = std::function<std::shared_ptr<const Snapshot>(SeriesRange)>;

    explicit MainWindow(SnapshotSource source, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The page's windowTitle() is its name, in the navigation too. `id` as in `--page`.
    void addPage(const QString &id, const QIcon &icon, Page *page);
    /// A panel at the right; the content's windowTitle() is its name. Open from 1360 pixels on.
    void addPanel(const QString &id, QWidget *content);
    /// False, and said in the status line, when there is no such page.
    bool showPage(const QString &id);
    QString currentPage() const;
    /// Opens the panel, brings it to the front and gives it the keyboard. Esc gives that back.
    void showPanel(const QString &id);

    void setProfile(ProfileBadge::Kind kind, const QString &name, bool readOnly);
    void setRange(SeriesRange range);
    /// Chooses the shortest range that shows that time. False, and said, when it is too long ago for any.
    bool reachBack(WallTime time);
    void setThemeChoice(ThemeChoice choice);
    void setLanguageChoice(Language language);
    ThemeChoice themeChoice() const { return m_theme; }
    Language languageChoice() const { return m_language; }
    bool isLive() const;
    SeriesRange range() const;

    /// Size, place, panels and range. Broken or missing values leave the defaults.
    void restoreLayout(const QSettings &settings);
    void saveLayout(QSettings &settings) const;

public Q_SLOTS:
    /// Pulls a snapshot and shows it: once a second by itself, and on F5.
    void refresh();
    void focusQuickLookup();
    void say(const QString &text);
    /// How long the newest invalidation can be undone; 0: there is none.
    void showUndo(int secondsLeft);
    /// A sentence above the page that stays until it is closed.
    void warn(const QString &text);
    /// Another program changed the policies of these types.
    void showPolicyChange(const QStringList &types);
    /// The file of policies was changed to something that holds none.
    void warnOfPolicies(const insitecache::Error &error);

Q_SIGNALS:
    void lookupRequested(const QString &keyText);
    void invalidationRequested(const insitecache::Selector &which, bool atOnce);
    void dependenciesRequested(const insitecache::CacheKey &key);
    void undoRequested();
    void workloadToggled(bool run);
    void rangeChanged(insitecache::SeriesRange range);
    void objectiveClicked(insitecache::SloKind kind);
    /// The count of alerts was clicked; the newest one that nobody has acknowledged, or the newest one.
    void alertClicked(quint64 event);
    void bookmarkRequested();
    void notificationsToggled(bool wanted);
    /// Once a second, also while drawing is paused.
    void snapshotTaken(const std::shared_ptr<const insitecache::Snapshot> &snapshot);
    /// The reader asked for fresh data now (F5).
    void refreshRequested();
    /// Panels still are where they were.
    void closing();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct PageItem {
        QString id;
        Page *page;
    };

    void buildCentre();
    void connectActions();
    void connectChoices();
    void selectPage(int index);
    void showCurrent();
    void showTitle();
    void setLive(bool live);
    void showLag();
    void announce(const Snapshot &snapshot);
    void cyclePane(int step);
    void rememberFocus();
    void leavePanel();
    void resetLayout();
    void saveImage();
    void showShortcuts();
    void showAbout();
    Page *page() const;

    SnapshotSource m_source;
    MainWindowActions *m_actions;
    MainToolBar *m_tools;
    SloStrip *m_strip;
    InlineMessage *m_message;
    QListWidget *m_navigation;
    QStackedWidget *m_stack;
    StatusLine *m_status;
    QTimer *m_tick;
    QList<PageItem> m_pages;
    std::uint64_t m_announced = 0;           ///< the newest event that was looked at
    std::uint64_t m_told = 0;                ///< the one that the message tells of
    std::shared_ptr<const Snapshot> m_shown; ///< what the page draws; older than the newest while paused
    QElapsedTimer m_pausedSince;
    ThemeChoice m_theme = ThemeChoice::System;
    Language m_language = Language::System;
    QPointer<QWidget> m_cameFrom; ///< where the keyboard was before a panel took it
    bool m_arranged = false;
};

} // namespace insitecache
