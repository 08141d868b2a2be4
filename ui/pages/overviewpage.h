// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/timechart.h"
#include "charts/timecursor.h"
#include "pages/page.h"

class QFrame;
class QGridLayout;
class QLabel;
class QPushButton;

namespace insitecache {

class MarkerFilter;

/// "Where is it not fine?" in ten seconds: the charts, one legend, one time cursor.
class OverviewPage : public Page {
    Q_OBJECT

public:
    explicit OverviewPage(QWidget *parent = nullptr);

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    void setRange(SeriesRange range) { m_range = range; }
    /// Shows the chart of that objective alone, and focuses it.
    void showObjective(SloKind kind);
    /// Pins the time cursor there.
    void showTime(WallTime time);
    /// Where the reader has pinned the time cursor.
    std::optional<WallTime> pinnedTime() const;
    const QList<TimeChart *> &charts() const { return m_charts; }

Q_SIGNALS:
    /// The reader wants to look something up, or to see traffic.
    void quickLookupRequested();
    void workloadRequested();
    /// The reader wants to know what belongs to this mark.
    void markerActivated(const insitecache::EventPtr &event);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QFrame *makeEmptyCard();
    void arrange();
    void maximise(int chart);
    void arrangeAlone();
    void retranslate();
    void showReadout();
    void showMisses();

    TimeCursor m_cursor;
    SeriesRange m_range = SeriesRange::Minutes5;
    QList<TimeChart *> m_charts;
    QWidget *m_board;
    QGridLayout *m_grid;
    QLabel *m_readout;
    QLabel *m_misses; ///< why L1 missed in the last minute, and what would help
    MarkerFilter *m_marks;
    QFrame *m_empty;
    QLabel *m_emptyText;
    QPushButton *m_lookUp;
    QPushButton *m_startWorkload;
    QPushButton *m_all; ///< back from one chart to all of them
    int m_maximised = -1;
    int m_arranged = 0;
    std::shared_ptr<const Snapshot> m_snapshot;
};

} // namespace insitecache
