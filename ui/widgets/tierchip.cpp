// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tierchip.h"

#include <QEvent>
#include <QPainter>

#include "formatting/format.h"

namespace insitecache {

namespace {

constexpr int chipPadding = 8;

} // namespace

TierChip::TierChip(Stage stage, QWidget *parent) : QWidget(parent), m_stage(stage)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void TierChip::show(TierHealth health, const QString &detail)
{
    if (health == m_health && detail == m_detail)
        return;
    m_health = health;
    m_detail = detail;
    describe();
    updateGeometry();
    update();
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

QSize TierChip::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    const int upper = QFontMetrics(bold).horizontalAdvance(inkMarker(inkOf(m_stage)) + u' ' + format::stage(m_stage));
    const int lower = QFontMetrics(font()).horizontalAdvance(stateText());
    return {std::max(upper, lower) + 2 * chipPadding, 2 * QFontMetrics(bold).height() + 2 * chipPadding};
}

void TierChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool bad = m_health == TierHealth::Down || m_health == TierHealth::Degraded;
    const QColor text = palette().color(m_health == TierHealth::Off ? QPalette::PlaceholderText : QPalette::Text);
    painter.setPen(QPen(bad ? inkColor(Ink::Error) : palette().color(QPalette::Mid), bad ? 2 : 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const QFontMetrics metrics(bold);
    const QRect inner = rect().adjusted(chipPadding, chipPadding, -chipPadding, -chipPadding);
    const QString marker = inkMarker(inkOf(m_stage));
    painter.setPen(m_health == TierHealth::Off ? text : inkColor(inkOf(m_stage)));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, marker);
    painter.setPen(text);
    painter.drawText(inner.adjusted(metrics.horizontalAdvance(marker + u' '), 0, 0, 0), Qt::AlignLeft | Qt::AlignTop,
        format::stage(m_stage));
    painter.setFont(font());
    painter.setPen(bad ? inkColor(Ink::Error) : text);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, stateText());
}

void TierChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) {
        describe();
        updateGeometry();
        update();
    }
}

} // namespace insitecache
