// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timechart.h"

#include <QChart>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QEvent>
#include <QGraphicsLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

#include "charts/accessiblechart.h"
#include "charts/timecursor.h"
#include "formatting/format.h"
#include "models/eventtexts.h"

namespace insitecache {

namespace {

constexpr int chartPadding = 10;
constexpr Millis describeEvery{10'000};

QFont axisFont(const QFont &base)
{
    QFont font = base;
    font.setPointSizeF(base.pointSizeF() * 0.85);
    return font;
}

QColor chartFaded(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

qint64 millisecondsOf(WallTime time)
{
    return time.time_since_epoch().count();
}

} // namespace

TimeChart::TimeChart(TimeCursor &cursor, QWidget *parent) :
    QChartView(parent), m_cursor(cursor), m_timeAxis(new QDateTimeAxis(this)), m_valueAxis(new QValueAxis(this))
{
    installAccessibleCharts();
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(260, 170);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->legend()->hide();
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->addAxis(m_timeAxis, Qt::AlignBottom);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    m_timeAxis->setTickCount(4);
    m_timeAxis->setFormat(QStringLiteral("HH:mm:ss"));
    m_valueAxis->setMin(0);
    connect(&m_cursor, &TimeCursor::changed, this, [this] { viewport()->update(); });
}

TimeChart::~TimeChart() = default;

ChartLine TimeChart::addLine()
{
    return ChartLine(*chart(), *m_timeAxis, *m_valueAxis);
}

ChartArea TimeChart::addArea()
{
    return ChartArea(*chart(), *m_timeAxis, *m_valueAxis);
}

void TimeChart::setScale(const AxisScale &scale)
{
    if (m_valueAxis->tickCount() != scale.steps() + 1)
        m_valueAxis->setTickCount(scale.steps() + 1);
    if (!qFuzzyCompare(m_valueAxis->max(), scale.top()))
        m_valueAxis->setMax(scale.top());
}

void TimeChart::setValueLabels(const QString &format)
{
    if (m_valueAxis->labelFormat() != format)
        m_valueAxis->setLabelFormat(format);
}

void TimeChart::setThreshold(std::optional<Threshold> threshold)
{
    m_threshold = std::move(threshold);
}

void TimeChart::showSnapshot(const std::shared_ptr<const Snapshot> &snapshot, SeriesRange range)
{
    if (m_range != range || !m_snapshot)
        m_timeAxis->setFormat(rangeSeconds(range) <= 900 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
    m_snapshot = snapshot;
    m_range = range;
    if (!m_styled)
        restyle();
    const QDateTime end = QDateTime::fromMSecsSinceEpoch(millisecondsOf(snapshot->time));
    m_shownSeconds = shownSeconds(*snapshot, range);
    m_timeAxis->setRange(end.addSecs(-m_shownSeconds), end);
    draw(*snapshot);
    m_headline = headline(*snapshot);
    layOutHeader();
    describe();
    viewport()->update();
}

// Not on every tick: a screen reader would never come to rest.
void TimeChart::describe()
{
    if (m_snapshot->time - m_described < describeEvery && m_snapshot->time >= m_described)
        return;
    m_described = m_snapshot->time;
    setAccessibleDescription(summary(*m_snapshot));
}

void TimeChart::restyle()
{
    const QPalette &colours = palette();
    const QColor text = colours.color(QPalette::Text);
    const QFont small = axisFont(font());
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_timeAxis), static_cast<QAbstractAxis *>(m_valueAxis)}) {
        axis->setLabelsFont(small);
        axis->setLabelsColor(chartFaded(text, 0.85F));
        axis->setLinePen(QPen(chartFaded(text, 0.35F), 1));
        axis->setGridLinePen(QPen(chartFaded(text, 0.12F), 1));
    }
    m_timeAxis->setGridLineVisible(false);
    layOutHeader();
    setPens();
    m_styled = true;
    setAccessibleName(titleText());
    viewport()->update();
}

void TimeChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    switch (event->type()) {
    case QEvent::LanguageChange:
        setAccessibleName(titleText());
        m_described = {};
        if (m_snapshot)
            showSnapshot(m_snapshot, m_range);
        break;
    case QEvent::PaletteChange:
    case QEvent::FontChange:
        if (m_styled)
            restyle();
        break;
    default: break;
    }
}

QSize TimeChart::sizeHint() const
{
    return {420, 240};
}

QRectF TimeChart::plotRect() const
{
    return mapFromScene(chart()->mapRectToScene(chart()->plotArea())).boundingRect();
}

double TimeChart::xOf(double time) const
{
    const QRectF plot = plotRect();
    const double start = static_cast<double>(m_timeAxis->min().toMSecsSinceEpoch());
    return plot.left() + plot.width() * (time - start) / (1000.0 * m_shownSeconds);
}

qint64 TimeChart::timeAt(double x) const
{
    const QRectF plot = plotRect();
    const double share = plot.width() > 0 ? (x - plot.left()) / plot.width() : 0;
    return m_timeAxis->min().toMSecsSinceEpoch() + std::llround(share * 1000.0 * m_shownSeconds);
}

void TimeChart::drawBackground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    painter->fillRect(viewport()->rect(), palette().color(QPalette::Window));
    painter->setPen(
        QPen(hasFocus() ? palette().color(QPalette::Highlight) : palette().color(QPalette::Mid), hasFocus() ? 2 : 1));
    painter->setBrush(palette().color(QPalette::Base));
    painter->drawRoundedRect(QRectF(viewport()->rect()).adjusted(1, 1, -1, -1), 6, 6);
    header().paint(*painter, headerRect(), palette());
    drawGaps(*painter);
    painter->setFont(font());
    drawSpans(*painter);
    painter->restore();
}

void TimeChart::drawForeground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    painter->setFont(font());
    drawThreshold(*painter);
    paintMarkers(*painter, plotRect(), markerGroups());
    drawCursor(*painter);
    painter->restore();
}

ChartHeader TimeChart::header() const
{
    return {titleText(), m_headline, keyItems(), font()};
}

QRectF TimeChart::headerRect() const
{
    return {chartPadding + 4.0, double(chartPadding), width() - 2.0 * chartPadding - 8, 0};
}

void TimeChart::layOutHeader()
{
    const int header = 2 * chartPadding + static_cast<int>(this->header().height(headerRect().width()));
    const QMargins margins(chartPadding, header, chartPadding + 6, 6);
    if (chart()->margins() != margins)
        chart()->setMargins(margins);
}

void TimeChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    layOutHeader();
}

void TimeChart::drawGaps(QPainter &painter) const
{
    if (!m_snapshot)
        return;
    const QRectF plot = plotRect();
    const std::vector<Sample> &samples = m_snapshot->series;
    const QBrush hatch(chartFaded(palette().color(QPalette::Text), 0.25F), Qt::BDiagPattern);
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (!isGap(samples[i - 1], samples[i], m_range))
            continue;
        const double left = std::max(plot.left(), xOf(double(millisecondsOf(samples[i - 1].time))));
        const double right = xOf(double(millisecondsOf(samples[i].time)));
        if (right > left)
            painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), hatch);
    }
}

void TimeChart::drawThreshold(QPainter &painter) const
{
    if (!m_threshold || m_threshold->value > m_valueAxis->max())
        return;
    const QRectF plot = plotRect();
    const double y = plot.bottom() - plot.height() * m_threshold->value / m_valueAxis->max();
    const QColor colour = inkColor(Ink::Error);
    const QRectF bad = m_threshold->badBelow ? QRectF(plot.left(), y, plot.width(), plot.bottom() - y)
                                             : QRectF(plot.left(), plot.top(), plot.width(), y - plot.top());
    painter.fillRect(bad, chartFaded(colour, 0.07F));
    painter.setPen(QPen(colour, 1, Qt::DashLine));
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    painter.setFont(axisFont(font()));
    const double lineHeight = QFontMetricsF(painter.font()).height();
    // On the good side of the line, where the shaded band is not; on the other side where there is no room.
    const bool above = m_threshold->badBelow || y + lineHeight + 1 > plot.bottom();
    const double top = above ? y - lineHeight : y + 1;
    const QRectF label(
        plot.left() + 4, top, QFontMetricsF(painter.font()).horizontalAdvance(m_threshold->label) + 8, lineHeight);
    painter.fillRect(label, chartFaded(palette().color(QPalette::Base), 0.8F));
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(label, Qt::AlignCenter, m_threshold->label);
}

void TimeChart::drawSpans(QPainter &painter) const
{
    if (m_snapshot)
        paintSpans(
            painter, plotRect(), m_snapshot->spans, [this](double time) { return xOf(time); }, m_hidden);
}

void TimeChart::drawCursor(QPainter &painter) const
{
    const std::optional<qint64> at = m_cursor.at();
    if (!at)
        return;
    const QRectF plot = plotRect();
    const double x = xOf(static_cast<double>(*at));
    if (x < plot.left() || x > plot.right())
        return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), m_cursor.isPinned() ? 2 : 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void TimeChart::mouseMoveEvent(QMouseEvent *event)
{
    const QRectF plot = plotRect();
    const QPointF where = event->position();
    if (m_snapshot && where.x() >= plot.left() && where.x() <= plot.right())
        m_cursor.hover(timeAt(where.x()), this);
    else
        m_cursor.leave();
    QChartView::mouseMoveEvent(event);
}

void TimeChart::mousePressEvent(QMouseEvent *event)
{
    const bool onPlot = event->button() == Qt::LeftButton && m_snapshot && plotRect().contains(event->position());
    if (onPlot)
        m_cursor.pin(timeAt(event->position().x()), this);
    setFocus(Qt::MouseFocusReason);
    event->accept();
    if (!onPlot)
        return;
    const QList<MarkerGroup> groups = markerGroups();
    if (const MarkerGroup *group = markerSignAt(groups, plotRect(), font(), event->position()))
        Q_EMIT markerActivated(group->newest);
}

void TimeChart::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_cursor.release();
    event->accept();
}

void TimeChart::leaveEvent(QEvent *event)
{
    m_cursor.leave();
    QChartView::leaveEvent(event);
}

void TimeChart::focusInEvent(QFocusEvent *event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void TimeChart::focusOutEvent(QFocusEvent *event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

void TimeChart::keyPressEvent(QKeyEvent *event)
{
    const int step = event->modifiers() & Qt::ShiftModifier ? 10 : 1;
    switch (event->key()) {
    case Qt::Key_Left: return moveCursorBy(-step);
    case Qt::Key_Right: return moveCursorBy(step);
    case Qt::Key_Home: return moveCursorBy(-100'000);
    case Qt::Key_End: return moveCursorBy(100'000);
    case Qt::Key_Escape: return m_cursor.release();
    case Qt::Key_Return:
    case Qt::Key_Enter: return activateMarkerAtCursor();
    default: return event->ignore();
    }
}

QList<MarkerGroup> TimeChart::markerGroups() const
{
    if (!m_snapshot)
        return {};
    const QRectF plot = plotRect();
    return groupMarkers(
        m_snapshot->markers, plot.left(), plot.right(), [this](double time) { return xOf(time); }, m_hidden);
}

bool TimeChart::isMarkedAt(const Event &marker, WallTime time) const
{
    return !m_hidden.contains(marker.kind)
        && std::chrono::abs(marker.time - time) <= std::chrono::seconds(bucketSeconds(m_range));
}

void TimeChart::setHiddenMarkers(const MarkerKinds &hidden)
{
    m_hidden = hidden;
    viewport()->update();
}

void TimeChart::activateMarkerAtCursor()
{
    const auto index = m_cursor.at() ? sampleAt(*m_cursor.at()) : std::nullopt;
    if (!index)
        return;
    const std::vector<EventPtr> &markers = m_snapshot->markers;
    const auto newest = std::find_if(markers.rbegin(), markers.rend(),
        [&](const EventPtr &marker) { return isMarkedAt(*marker, m_snapshot->series[*index].time); });
    if (newest != markers.rend())
        Q_EMIT markerActivated(EventPtr(*newest));
}

void TimeChart::moveCursorBy(int samples)
{
    if (!m_snapshot || m_snapshot->series.empty())
        return;
    const auto &series = m_snapshot->series;
    const auto last = static_cast<std::ptrdiff_t>(series.size()) - 1;
    std::ptrdiff_t index = last;
    if (m_cursor.at())
        index = static_cast<std::ptrdiff_t>(sampleAt(*m_cursor.at()).value_or(series.size() - 1)) + samples;
    index = std::clamp<std::ptrdiff_t>(index, 0, last);
    m_cursor.pin(millisecondsOf(series[static_cast<std::size_t>(index)].time), this);
}

std::optional<std::size_t> TimeChart::sampleAt(qint64 time) const
{
    if (!m_snapshot || m_snapshot->series.empty())
        return std::nullopt;
    const auto &series = m_snapshot->series;
    const auto nearest = std::min_element(series.begin(), series.end(), [time](const Sample &a, const Sample &b) {
        return std::llabs(millisecondsOf(a.time) - time) < std::llabs(millisecondsOf(b.time) - time);
    });
    if (std::llabs(millisecondsOf(nearest->time) - time) > 3000LL * bucketSeconds(m_range))
        return std::nullopt;
    return static_cast<std::size_t>(nearest - series.begin());
}

QString TimeChart::readoutAt(qint64 time) const
{
    const std::optional<std::size_t> index = sampleAt(time);
    if (!index)
        return tr("%1 · %2 · no data").arg(format::timeOfDay(WallTime(Millis(time))), titleText());
    const Sample &sample = m_snapshot->series[*index];
    QString text = QStringLiteral("%1 · %2 · %3")
                       .arg(format::timeOfDay(sample.time), titleText(), readout(m_snapshot->series, *index));
    for (const EventPtr &marker : m_snapshot->markers) {
        if (isMarkedAt(*marker, sample.time))
            text += QStringLiteral(" · ") + eventWords(*marker);
    }
    return text;
}

} // namespace insitecache
