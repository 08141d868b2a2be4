// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/backlogchip.h"

#include <algorithm>

#include "formatting/format.h"
#include "models/invalidationrules.h"

namespace insitecache {

namespace {

constexpr std::chrono::seconds backlogStays{5};

} // namespace

BacklogChip::BacklogChip(QWidget *parent) : TwoLineChip(parent)
{
    setObjectName(QStringLiteral("backlogChip"));
    hide();
}

void BacklogChip::show(const Snapshot &snapshot)
{
    m_outbox = snapshot.outbox;
    m_writes = snapshot.writeBehind;
    if (waiting() > 0)
        m_lastWaiting = snapshot.time;
    setVisible(waiting() > 0 || (!isHidden() && snapshot.time - m_lastWaiting < backlogStays));
    renew();
}

// Numbers only: at its smallest the strip has no room for words, and these come and go.
QString BacklogChip::countText() const
{
    return (waiting() > 0 ? QStringLiteral("◷ ") : QStringLiteral("✔ ")) + format::count(waiting());
}

QString BacklogChip::ageText() const
{
    return waiting() > 0 ? format::duration(std::max(m_outbox.oldest, m_writes.oldest)) : QString();
}

void BacklogChip::describe()
{
    QStringList lines;
    if (m_outbox.waiting)
        lines += tr(
            "%n removal(s) not confirmed by a tier, the oldest %1 old. They are repeated by themselves; until then "
            "those keys are not read there.",
            nullptr, pluralOf(m_outbox.waiting))
                     .arg(format::duration(m_outbox.oldest));
    if (m_writes.waiting)
        lines += tr("%n write(s) on the way to L3, the oldest %1 old. The journal has them.", nullptr,
            pluralOf(m_writes.waiting))
                     .arg(format::duration(m_writes.oldest));
    if (lines.isEmpty())
        lines += tr("Every tier has everything it was owed.");
    setToolTip(lines.join(QLatin1Char('\n')));
    setAccessibleName(tr("Owed to the tiers: %1").arg(countText() + u' ' + ageText()).trimmed());
    setAccessibleDescription(toolTip());
}

TwoLineChip::Look BacklogChip::look() const
{
    Look look;
    look.upper = countText();
    look.lower = ageText();
    look.upperColour = look.lowerColour = palette().color(QPalette::Text);
    look.frame = palette().color(waiting() > 0 ? QPalette::Text : QPalette::Mid);
    return look;
}

} // namespace insitecache
