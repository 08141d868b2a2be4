// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tierchip.h"

#include "formatting/format.h"

namespace insitecache {

TierChip::TierChip(Stage stage, QWidget *parent) : TwoLineChip(parent), m_stage(stage)
{
    TierChip::describe();
}

void TierChip::show(TierHealth health, const QString &detail)
{
    if (health == m_health && detail == m_detail)
        return;
    m_health = health;
    m_detail = detail;
    renew();
}

QString TierChip::stateText() const
{
    switch (m_health) {
    case TierHealth::Ok: return tr("✔ up");
    case TierHealth::Degraded: return tr("▲ degraded");
    case TierHealth::Down: return tr("✖ down");
    case TierHealth::Off: return tr("– off");
    case TierHealth::Unknown: break;
    }
    return tr("? unknown");
}

void TierChip::describe()
{
    setAccessibleName(QStringLiteral("%1: %2").arg(format::stage(m_stage), stateText()));
    setAccessibleDescription(m_detail);
    // Escaped: a tool tip would take a detail that looks like markup for rich text.
    setToolTip(m_detail.isEmpty()
            ? accessibleName()
            : QStringLiteral("<p>%1</p>")
                  .arg((accessibleName() + u'\n' + m_detail).toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
}

TwoLineChip::Look TierChip::look() const
{
    const bool bad = m_health == TierHealth::Down || m_health == TierHealth::Degraded;
    const bool off = m_health == TierHealth::Off;
    const QColor text = palette().color(off ? QPalette::PlaceholderText : QPalette::Text);
    Look look;
    look.marker = inkMarker(inkOf(m_stage));
    look.markerColour = off ? text : inkColor(inkOf(m_stage));
    look.upper = format::stage(m_stage);
    look.lower = stateText();
    look.upperColour = text;
    look.lowerColour = bad ? inkColor(Ink::Error) : text;
    look.frame = bad ? inkColor(Ink::Error) : palette().color(QPalette::Mid);
    look.frameWidth = bad ? 2 : 1;
    return look;
}

} // namespace insitecache
