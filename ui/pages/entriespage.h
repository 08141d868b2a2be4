// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/entriesfeed.h"
#include "models/entriesmodel.h"
#include "pages/page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTimer;

namespace insitecache {

class EntriesView;
class EntryInspector;
class TypeChips;

/// What every tier holds, one row a key: filter, look, pick, ask for invalidation. Looking never changes a counter.
/// While it is visible it asks the tiers again every few seconds, never twice at a time.
class EntriesPage : public Page {
    Q_OBJECT

public:
    /// The monitor must outlive the page.
    explicit EntriesPage(Monitor &monitor, QWidget *parent = nullptr);

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    QWidget *findField() override;

public Q_SLOTS:
    /// Asks the tiers now and sorts again: F5, and after an invalidation.
    void refresh();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    QWidget *buildTop();
    void connectParts();
    void applyFilter();
    void chooseTypes(const QStringList &types);
    void settled();
    void showEmptiness();
    void showStatus();
    void showBanner();
    void showPending();
    void inspect();
    void askInvalidation(bool atOnce);
    void askLookup();
    void askDependencies();
    void retranslate();

    EntriesFeed m_feed;
    EntriesModel m_model;
    EntryFilter m_filter;
    bool m_arrangeNext = false; ///< the next rows are sorted anew
    bool m_capped = false;      ///< the tiers hold more than is shown
    bool m_narrowed = false;    ///< the tiers were asked for what the filter says, not for all
    QTimer *m_typed;
    QLabel *m_filterLabel;
    QLineEdit *m_line;
    QLabel *m_problem;
    TypeChips *m_chips;
    QPushButton *m_new;
    QPushButton *m_resort;
    QPushButton *m_refresh;
    QLabel *m_banner;
    EntriesView *m_view;
    QStackedWidget *m_stack;
    QWidget *m_empty;
    QLabel *m_emptyText;
    QPushButton *m_clear;
    EntryInspector *m_inspector;
    QSplitter *m_splitter;
    QLabel *m_status;
};

} // namespace insitecache
