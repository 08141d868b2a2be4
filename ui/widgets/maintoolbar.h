// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolBar>

#include <insitecache/monitor/monitor.h>

#include "widgets/profilebadge.h"

class QComboBox;
class QLineEdit;
class QToolButton;

namespace insitecache {

class MainWindowActions;

/// What one reaches for all the time: whose data, live or paused, how far back, traffic, invalidate, look up.
class MainToolBar : public QToolBar {
    Q_OBJECT

public:
    MainToolBar(MainWindowActions &actions, QWidget *parent);

    ProfileBadge *badge() const { return m_badge; }
    QLineEdit *lookupField() const { return m_lookup; }
    SeriesRange range() const;
    void setRange(SeriesRange range);
    void showWorkload(const WorkloadState &workload);
    /// How far the picture is behind; zero while live.
    void showLag(bool live, Millis lag);

Q_SIGNALS:
    void rangeChosen(insitecache::SeriesRange range);
    void lookupTyped(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    ProfileBadge *m_badge;
    QToolButton *m_live;
    QComboBox *m_range;
    QToolButton *m_workload;
    QToolButton *m_invalidate;
    QLineEdit *m_lookup;
    bool m_isLive = true;
    Millis m_lag{};
    WorkloadState m_workloadState;
};

} // namespace insitecache
