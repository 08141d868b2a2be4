// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/maintoolbar.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QToolButton>

#include <cmath>

#include "formatting/format.h"
#include "mainwindowactions.h"
#include "theme/glyphicon.h"

namespace insitecache {

namespace {

QWidget *toolBarSpace(QWidget *parent, bool stretches)
{
    auto *space = new QWidget(parent);
    space->setSizePolicy(stretches ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Preferred);
    space->setFixedHeight(1);
    if (!stretches)
        space->setFixedWidth(8);
    return space;
}

} // namespace

MainToolBar::MainToolBar(MainWindowActions &actions, QWidget *parent) :
    QToolBar(parent), m_badge(new ProfileBadge(this)), m_live(new QToolButton(this)), m_range(new QComboBox(this)),
    m_workload(new QToolButton(this)), m_invalidate(new QToolButton(this)), m_lookup(new QLineEdit(this))
{
    setObjectName(QStringLiteral("mainToolBar"));
    setMovable(false);
    setIconSize({16, 16});
    setContextMenuPolicy(Qt::PreventContextMenu);
    for (auto [button, action] : {std::pair(m_live, actions.live), std::pair(m_workload, actions.workload),
             std::pair(m_invalidate, actions.invalidate)}) {
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
    }
    for (int i = 0; i < 5; ++i)
        m_range->addItem(QString());
    m_range->setCurrentIndex(static_cast<int>(SeriesRange::Minutes5));
    m_lookup->addAction(glyphIcon(Glyph::Search), QLineEdit::LeadingPosition);
    m_lookup->setClearButtonEnabled(true);
    m_lookup->setMaximumWidth(300);
    m_lookup->setMinimumWidth(170);
    for (QWidget *widget : {static_cast<QWidget *>(m_badge), toolBarSpace(this, false), static_cast<QWidget *>(m_live),
             static_cast<QWidget *>(m_range), toolBarSpace(this, false), static_cast<QWidget *>(m_workload),
             static_cast<QWidget *>(m_invalidate), toolBarSpace(this, true), static_cast<QWidget *>(m_lookup)})
        addWidget(widget);
    connect(m_range, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT rangeChosen(range()); });
    connect(m_lookup, &QLineEdit::returnPressed, this, [this] {
        if (!m_lookup->text().trimmed().isEmpty())
            Q_EMIT lookupTyped(m_lookup->text());
    });
    retranslate();
}

SeriesRange MainToolBar::range() const
{
    return static_cast<SeriesRange>(m_range->currentIndex());
}

void MainToolBar::setRange(SeriesRange range)
{
    m_range->setCurrentIndex(static_cast<int>(range));
}

void MainToolBar::showWorkload(const WorkloadState &workload)
{
    m_workloadState = workload;
    QAction *action = m_workload->defaultAction();
    action->setChecked(workload.running);
    action->setIcon(glyphIcon(workload.running ? Glyph::Stop : Glyph::Play));
    const auto rate = format::count(static_cast<quint64>(std::llround(workload.achievedRate)));
    action->setIconText(workload.running ? tr("Workload %1/s").arg(rate) : tr("Workload"));
    action->setToolTip(workload.running
            ? tr("Asked for %1 lookups a second, reached %2; %3 sent, %4 dropped because too many were under way.")
                  .arg(format::count(static_cast<quint64>(std::llround(workload.askedRate))), rate,
                      format::count(workload.sent), format::count(workload.dropped))
            : tr("Start a synthetic stream of lookups (Ctrl+Shift+W)"));
}

void MainToolBar::showLag(bool live, Millis lag)
{
    m_isLive = live;
    m_lag = lag;
    QAction *action = m_live->defaultAction();
    action->setIcon(glyphIcon(live ? Glyph::Live : Glyph::Play));
    action->setIconText(live ? tr("Live") : tr("Paused · %1 behind").arg(format::duration(lag)));
}

void MainToolBar::retranslate()
{
    setWindowTitle(tr("Tools"));
    const QString ranges[] = {tr("1 minute"), tr("5 minutes"), tr("15 minutes"), tr("1 hour"), tr("6 hours")};
    for (int i = 0; i < 5; ++i)
        m_range->setItemText(i, ranges[i]);
    m_range->setToolTip(tr("How far back the charts show"));
    m_range->setAccessibleName(tr("Time range"));
    m_lookup->setPlaceholderText(tr("Look up: AAPL  (Ctrl+K)"));
    m_lookup->setToolTip(tr("A symbol such as AAPL or 005930.KS, or a key such as sentiment:TSLA"));
    m_lookup->setAccessibleName(tr("Look up"));
    m_invalidate->defaultAction()->setIconText(tr("Invalidate…"));
    showLag(m_isLive, m_lag);
    showWorkload(m_workloadState);
}

void MainToolBar::changeEvent(QEvent *event)
{
    QToolBar::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
