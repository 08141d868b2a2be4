// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QChartView>

#include "charts/axisscale.h"
#include "charts/chartheader.h"
#include "charts/chartline.h"
#include "charts/chartmarkers.h"
#include "theme/theme.h"

class QDateTimeAxis;
class QValueAxis;

namespace insitecache {

class TimeCursor;

/// A chart over time on a card of its own: title, short legend, threshold, gaps, markers, a time cursor shared with
/// its neighbours, values by keyboard, a sentence for a screen reader. Styled from the palette by hand, because
/// QChart's themes throw pens and colours away. GUI thread.
class TimeChart : public QChartView {
    Q_OBJECT

public:
    TimeChart(TimeCursor &cursor, QWidget *parent);
    ~TimeChart() override;

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot, SeriesRange range);
    void setHiddenMarkers(const MarkerKinds &hidden);
    /// Time, values and markers at that moment; plain text, one line.
    QString readoutAt(qint64 time) const;
    /// Where the data is drawn, in the widget's pixels.
    QRectF plotRect() const;
    ChartHeader header() const;
    /// Where the header is painted; its height is the header's own business.
    QRectF headerRect() const;

    QSize sizeHint() const override;

Q_SIGNALS:
    /// Its sign was clicked, or Enter pressed where the time cursor is.
    void markerActivated(const insitecache::EventPtr &event);

protected:
    struct Threshold {
        double value = 0;
        bool badBelow = false;
        QString label;
    };

    /// Fills the series. The snapshot lives at least until the next call.
    virtual void draw(const Snapshot &snapshot) = 0;
    virtual void setPens() = 0;
    virtual QString titleText() const = 0;
    /// What the newest value is, shown at the right end of the title.
    virtual QString headline(const Snapshot &snapshot) const = 0;
    /// The lines that only this chart has; empty: the page's shared legend says it all.
    virtual QList<ChartKey> keyItems() const { return {}; }
    virtual QString readout(const std::vector<Sample> &samples, std::size_t index) const = 0;
    /// One sentence over the whole range for a screen reader.
    virtual QString summary(const Snapshot &snapshot) const = 0;

    ChartLine addLine();
    ChartArea addArea();
    void setScale(const AxisScale &scale);
    void setValueLabels(const QString &format);
    void setThreshold(std::optional<Threshold> threshold);
    SeriesRange range() const { return m_range; }

    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void restyle();
    void layOutHeader();
    void describe();
    void drawGaps(QPainter &painter) const;
    void drawThreshold(QPainter &painter) const;
    void drawSpans(QPainter &painter) const;
    void drawCursor(QPainter &painter) const;
    double xOf(double time) const;
    qint64 timeAt(double x) const;
    QList<MarkerGroup> markerGroups() const;
    bool isMarkedAt(const Event &marker, WallTime time) const;
    void activateMarkerAtCursor();
    std::optional<std::size_t> sampleAt(qint64 time) const;
    void moveCursorBy(int samples);

    TimeCursor &m_cursor;
    QDateTimeAxis *m_timeAxis;
    QValueAxis *m_valueAxis;
    std::shared_ptr<const Snapshot> m_snapshot;
    SeriesRange m_range = SeriesRange::Minutes5;
    int m_shownSeconds = 300;
    std::optional<Threshold> m_threshold;
    QString m_headline;
    MarkerKinds m_hidden;
    bool m_styled = false;
    WallTime m_described{};
};

} // namespace insitecache
