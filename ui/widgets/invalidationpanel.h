// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QPointer>
#include <QWidget>

#include <insitecache/monitor/monitor.h>

#include "widgets/profilebadge.h"

class QLabel;
class QPushButton;
class QTabWidget;
class QTimer;

namespace insitecache {

class HistoryView;
class InvalidationForm;
class InvalidationOrder;
class OutcomeView;
class PreviewView;
class ScheduledView;
class UndoBar;

/// Says what an invalidation would hit before it happens, then does it and says what happened. For a dock.
class InvalidationPanel : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the panel.
    explicit InvalidationPanel(Monitor &monitor, QWidget *parent = nullptr);

    /// `name` may be empty. On a live profile more is asked before.
    void setProfile(ProfileBadge::Kind kind, const QString &name);

    /// Opens the history at what was invalidated from this window at about that time; false: nothing was.
    bool showHistory(WallTime time);

public Q_SLOTS:
    /// Fills the form and previews. With `atOnce` it is invalidated without a further look where it is one key,
    /// nothing depends on it and it can be undone.
    void setTarget(const insitecache::Selector &which, bool atOnce = false);
    /// Undoes the newest invalidation, while that is possible.
    void undo();

Q_SIGNALS:
    /// Something was invalidated, perhaps in part.
    void invalidated();
    /// Seconds left to undo the newest invalidation; 0: nothing can be undone.
    void undoOffered(int secondsLeft);
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildNew();
    void connectParts();
    void fill(const Invalidation &wish);
    void formChanged();
    void count();
    void counted(const Invalidation &wish, const InvalidationPreview &preview);
    void commit();
    void busyChanged();
    void scheduled(const ScheduledInvalidation &later);
    void followTab();
    void showTabs();
    void finished(const Invalidation &wish, const InvalidationResult &result);
    void showButton();
    void retranslate();

    Monitor &m_monitor;
    InvalidationOrder *m_order;
    QTabWidget *m_tabs;
    InvalidationForm *m_form;
    PreviewView *m_previewView;
    QLabel *m_readOnly;
    OutcomeView *m_outcome;
    UndoBar *m_undo;
    QPushButton *m_button;
    ScheduledView *m_scheduled;
    HistoryView *m_history;
    QTimer *m_typed;
    std::optional<InvalidationPreview> m_preview; ///< of what the form says now
    QPointer<QWidget> m_parkedFocus;              ///< who got the keyboard when the form was disabled
    bool m_parked = false;
    int m_scheduledCount = 0;
    bool m_atOnce = false; ///< what is counted now may go without a further look
    int m_asked = 0;       ///< counts the previews asked for; only the newest is shown
};

} // namespace insitecache
