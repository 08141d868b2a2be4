// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/eventsmodel.h"
#include "pages/page.h"

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QTimer;

namespace insitecache {

class EventChips;
class FollowView;

/// What happened, line by line, while it happens: filtered, searched, acknowledged, exported, shown on the charts.
class EventsPage : public Page {
    Q_OBJECT

public:
    explicit EventsPage(Monitor &monitor, QWidget *parent = nullptr);

    /// Takes over what is new; once a second, also while the page is hidden.
    void follow(const std::shared_ptr<const Snapshot> &snapshot);
    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override { follow(snapshot); }
    QWidget *findField() override;
    /// Chooses that event, without the filter if that hides it. False: it is gone.
    bool choose(std::uint64_t id);

Q_SIGNALS:
    /// The reader wants to see what the charts say of that time.
    void chartsAsked(const insitecache::EventPtr &event);
    /// Enter or a double click.
    void activated(const insitecache::EventPtr &event);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildTop();
    QWidget *buildFoot();
    void connectParts();
    void sizeColumns();
    void giveReasonTheRest();
    void applyFilter();
    void clearFilter();
    void showState();
    void showDetails();
    void acknowledge();
    void copy();
    void askWhereTo();
    void save(const QString &file);
    bool isOpenAlert(std::uint64_t id) const;
    EventPtr current() const;
    std::vector<EventPtr> selected() const;
    void retranslate();

    Monitor &m_monitor;
    EventsModel m_model;
    std::vector<Alert> m_alerts;
    QTimer *m_typed;
    QLineEdit *m_search;
    EventChips *m_chips;
    FollowView *m_view;
    QLabel *m_empty;
    QPushButton *m_clear;
    QSplitter *m_splitter;
    QPlainTextEdit *m_details;
    QPushButton *m_acknowledge, *m_toChart, *m_copy, *m_export;
    QLabel *m_status;
};

} // namespace insitecache
