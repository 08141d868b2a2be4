// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/overviewpage.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "charts/answeredbychart.h"
#include "charts/churnchart.h"
#include "charts/hitratiochart.h"
#include "charts/latencychart.h"
#include "charts/memorychart.h"
#include "models/forecast.h"
#include "theme/glyphicon.h"
#include "widgets/legendrow.h"
#include "widgets/markerfilter.h"

namespace insitecache {

namespace {

constexpr int wideBoard = 980; ///< from here on three charts fit beside each other

} // namespace

OverviewPage::OverviewPage(QWidget *parent) :
    Page(parent), m_board(new QWidget), m_grid(new QGridLayout(m_board)), m_readout(new QLabel(this)),
    m_misses(new QLabel(this)), m_marks(new MarkerFilter(this)), m_empty(makeEmptyCard()), m_all(new QPushButton(this))
{
    setObjectName(QStringLiteral("overviewPage"));
    m_charts = {new HitRatioChart(m_cursor, m_board), new AnsweredByChart(m_cursor, m_board),
        new LatencyChart(m_cursor, m_board), new MemoryChart(m_cursor, m_board), new ChurnChart(m_cursor, m_board)};
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(8);
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_board);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_readout->setTextFormat(Qt::PlainText);
    m_readout->setFixedHeight(28);
    m_readout->setObjectName(QStringLiteral("readout"));
    // As wide as it may be, never as wide as its text: a long readout must not push the window.
    m_readout->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_misses->setTextFormat(Qt::PlainText);
    m_misses->setObjectName(QStringLiteral("misses"));
    m_misses->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_misses->hide();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 4, 8, 8);
    column->setSpacing(4);
    column->addWidget(new LegendRow(this));
    auto *readoutRow = new QHBoxLayout;
    readoutRow->addWidget(m_readout, 1);
    readoutRow->addWidget(m_all);
    readoutRow->addWidget(m_marks);
    column->addLayout(readoutRow);
    column->addWidget(m_misses);
    column->addWidget(m_empty);
    column->addWidget(scroll, 1);
    connect(&m_cursor, &TimeCursor::changed, this, &OverviewPage::showReadout);
    for (TimeChart *chart : std::as_const(m_charts)) {
        connect(m_marks, &MarkerFilter::hiddenChanged, chart, &TimeChart::setHiddenMarkers);
        connect(chart, &TimeChart::markerActivated, this, &OverviewPage::markerActivated);
    }
    connect(m_marks, &MarkerFilter::hiddenChanged, this, &OverviewPage::showReadout);
    m_empty->hide();
    m_all->setObjectName(QStringLiteral("allCharts"));
    m_all->hide();
    connect(m_all, &QPushButton::clicked, this, [this] { maximise(-1); });
    arrange();
    retranslate();
}

QFrame *OverviewPage::makeEmptyCard()
{
    auto *card = new QFrame(this);
    card->setFrameShape(QFrame::StyledPanel);
    card->setObjectName(QStringLiteral("emptyCard"));
    m_emptyText = new QLabel(card);
    m_lookUp = new QPushButton(glyphIcon(Glyph::Search), QString(), card);
    m_startWorkload = new QPushButton(glyphIcon(Glyph::Play), QString(), card);
    auto *row = new QHBoxLayout(card);
    row->addWidget(m_emptyText, 1);
    row->addWidget(m_lookUp);
    row->addWidget(m_startWorkload);
    connect(m_lookUp, &QPushButton::clicked, this, &OverviewPage::quickLookupRequested);
    connect(m_startWorkload, &QPushButton::clicked, this, &OverviewPage::workloadRequested);
    return card;
}

void OverviewPage::showSnapshot(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_empty->setVisible(snapshot->totals.all.lookups == 0);
    for (TimeChart *chart : std::as_const(m_charts))
        chart->showSnapshot(snapshot, m_range);
    m_snapshot = snapshot;
    showMisses();
    if (m_cursor.at())
        showReadout();
}

void OverviewPage::showMisses()
{
    if (!m_snapshot)
        return;
    const QString reasons = missesText(m_snapshot->window.missReasons[static_cast<std::size_t>(Stage::L1)]);
    const QString forecast = m_snapshot->whatIf ? forecastText(*m_snapshot->whatIf) : QString();
    QStringList texts;
    if (!reasons.isEmpty())
        texts += tr("L1 missed in the last minute: %1").arg(reasons);
    if (!forecast.isEmpty())
        texts += forecast;
    m_misses->setText(texts.join(QStringLiteral(".  ")));
    m_misses->setVisible(!texts.isEmpty());
    const QString table = m_snapshot->whatIf ? forecastTable(*m_snapshot->whatIf) : QString();
    m_misses->setAccessibleDescription(table);
    m_misses->setToolTip(table.isEmpty()
            ? QString()
            : QStringLiteral("<p>%1</p>").arg(table.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
}

void OverviewPage::showObjective(SloKind kind)
{
    const int index = kind == SloKind::HitRatio ? 0 : kind == SloKind::MeanLatency ? 2 : 3;
    maximise(index);
    m_charts[index]->setFocus(Qt::OtherFocusReason);
}

void OverviewPage::showTime(WallTime time)
{
    m_cursor.pin(time.time_since_epoch().count(), m_charts[m_maximised < 0 ? 0 : m_maximised]);
}

std::optional<WallTime> OverviewPage::pinnedTime() const
{
    if (!m_cursor.isPinned() || !m_cursor.at())
        return std::nullopt;
    return WallTime(Millis(*m_cursor.at()));
}

void OverviewPage::maximise(int chart)
{
    m_maximised = chart;
    m_arranged = 0;
    for (int i = 0; i < m_charts.size(); ++i)
        m_charts[i]->setVisible(chart < 0 || i == chart);
    m_all->setVisible(chart >= 0);
    arrange();
}

void OverviewPage::arrangeAlone()
{
    m_grid->addWidget(m_charts[m_maximised], 0, 0);
    for (int column = 1; column < 6; ++column)
        m_grid->setColumnStretch(column, 0);
    for (int row = 1; row < 3; ++row)
        m_grid->setRowStretch(row, 0);
}

// Two wide charts over three, or two columns when the page is narrow.
void OverviewPage::arrange()
{
    const int columns = width() >= wideBoard ? 3 : 2;
    if (columns == m_arranged)
        return;
    m_arranged = columns;
    for (TimeChart *chart : std::as_const(m_charts))
        m_grid->removeWidget(chart);
    if (m_maximised >= 0)
        return arrangeAlone();
    const int spanAbove = columns == 3 ? 3 : 1;
    const int spanBelow = columns == 3 ? 2 : 1;
    for (int i = 0; i < 2; ++i)
        m_grid->addWidget(m_charts[i], 0, i * spanAbove, 1, spanAbove);
    for (int i = 2; i < 5; ++i) {
        const bool last = i == 4 && columns == 2;
        m_grid->addWidget(m_charts[i], last ? 2 : 1, last ? 0 : (i - 2) * spanBelow, 1, last ? 2 : spanBelow);
    }
    for (int column = 0; column < 6; ++column)
        m_grid->setColumnStretch(column, columns == 3 || column < 2 ? 1 : 0);
    for (int row = 0; row < 3; ++row)
        m_grid->setRowStretch(row, columns == 2 || row < 2 ? 1 : 0);
}

void OverviewPage::showReadout()
{
    for (const TimeChart *chart : std::as_const(m_charts)) {
        if (m_cursor.at() && m_cursor.owner() == chart) {
            m_readout->setText(chart->readoutAt(*m_cursor.at()));
            return;
        }
    }
    m_readout->setText(
        tr("Point at a chart, or focus one and press ← →, to read its values; click pins, Esc releases."));
}

void OverviewPage::retranslate()
{
    setWindowTitle(tr("Overview"));
    showMisses();
    m_readout->setAccessibleName(tr("Values at the time cursor"));
    m_emptyText->setText(tr("No lookups yet: look something up or start the workload."));
    m_all->setText(tr("All charts"));
    m_lookUp->setText(tr("Look up…"));
    m_startWorkload->setText(tr("Start workload"));
    showReadout();
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    arrange();
}

void OverviewPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
