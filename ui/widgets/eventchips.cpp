// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/eventchips.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include "models/eventtexts.h"

namespace insitecache {

EventChips::EventChips(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_errors = add("errors");
    m_warnings = add("warnings");
    row->addSpacing(8);
    const char *const names[] = {"invalidations", "tiers", "objectives", "changes", "bookmarks"};
    for (int i = 0; i < 5; ++i)
        m_groups[i] = add(names[i]);
    row->addStretch(1);
    retranslate();
}

QToolButton *EventChips::add(const char *name)
{
    auto *chip = new QToolButton(this);
    chip->setObjectName(QStringLiteral("chip-") + QLatin1String(name));
    chip->setCheckable(true);
    chip->setFocusPolicy(Qt::StrongFocus);
    connect(chip, &QToolButton::clicked, this, &EventChips::changed);
    layout()->addWidget(chip);
    return chip;
}

void EventChips::apply(EventFilter &filter) const
{
    filter.severities.clear();
    filter.groups.clear();
    if (m_errors->isChecked())
        filter.severities.insert(EventSeverity::Error);
    if (m_warnings->isChecked())
        filter.severities.insert(EventSeverity::Warning);
    for (int i = 0; i < 5; ++i) {
        if (m_groups[i]->isChecked())
            filter.groups.insert(static_cast<EventGroup>(i));
    }
}

void EventChips::clear()
{
    for (QToolButton *chip : findChildren<QToolButton *>())
        chip->setChecked(false);
}

void EventChips::retranslate()
{
    m_errors->setText(QStringLiteral("%1 %2").arg(severitySign(EventSeverity::Error), tr("Errors")));
    m_warnings->setText(QStringLiteral("%1 %2").arg(severitySign(EventSeverity::Warning), tr("Warnings")));
    const QString words[]
        = {tr("Invalidations"), tr("Tiers and APIs"), tr("Objectives"), tr("Changes"), tr("Bookmarks")};
    for (int i = 0; i < 5; ++i)
        m_groups[i]->setText(words[i]);
    for (QToolButton *chip : findChildren<QToolButton *>())
        chip->setAccessibleName(tr("Only %1", "a kind of events").arg(chip->text()));
}

void EventChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
