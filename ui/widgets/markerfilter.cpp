// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/markerfilter.h"

#include <QAction>
#include <QEvent>
#include <QMenu>

#include <algorithm>

#include "models/eventtexts.h"

namespace insitecache {

MarkerFilter::MarkerFilter(QWidget *parent) : QToolButton(parent)
{
    setObjectName(QStringLiteral("markerFilter"));
    setPopupMode(InstantPopup);
    setAutoRaise(true);
    auto *menu = new QMenu(this);
    m_all = menu->addAction(QString());
    menu->addSeparator();
    for (std::size_t i = 0; i < allMarkerKinds().size(); ++i) {
        m_kinds += menu->addAction(QString());
        m_kinds.last()->setCheckable(true);
        m_kinds.last()->setChecked(true);
        connect(m_kinds.last(), &QAction::triggered, this, &MarkerFilter::tell);
    }
    connect(m_all, &QAction::triggered, this, [this] {
        for (QAction *kind : std::as_const(m_kinds))
            kind->setChecked(true);
        tell();
    });
    setMenu(menu);
    retranslate();
}

void MarkerFilter::tell()
{
    MarkerKinds hidden;
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        if (!m_kinds[i]->isChecked())
            hidden.insert(allMarkerKinds()[static_cast<std::size_t>(i)]);
    }
    retranslate();
    Q_EMIT hiddenChanged(hidden);
}

void MarkerFilter::retranslate()
{
    const auto hidden
        = std::count_if(m_kinds.begin(), m_kinds.end(), [](const QAction *kind) { return !kind->isChecked(); });
    setText(hidden ? tr("Marks (%n hidden)", "kinds", static_cast<int>(hidden)) : tr("Marks"));
    setToolTip(tr("Which marks the charts show. A click on one, or Enter where the time cursor is, opens what belongs "
                  "to it."));
    m_all->setText(tr("Show &all"));
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        const EventKind kind = allMarkerKinds()[static_cast<std::size_t>(i)];
        m_kinds[i]->setText(QStringLiteral("%1  %2").arg(eventGlyph(kind), eventName(kind)));
    }
}

void MarkerFilter::changeEvent(QEvent *event)
{
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
