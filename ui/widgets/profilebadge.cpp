// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/profilebadge.h"

#include <QEvent>
#include <QPainter>

#include "theme/theme.h"

namespace insitecache {

ProfileBadge::ProfileBadge(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    describe();
}

void ProfileBadge::show(Kind kind, const QString &name, bool readOnly)
{
    m_kind = kind;
    m_name = name;
    m_readOnly = readOnly;
    describe();
    updateGeometry();
    update();
}

QString ProfileBadge::kindName(Kind kind)
{
    const QString kinds[] = {tr("demo"), tr("recordings"), tr("live")};
    return kinds[static_cast<int>(kind)];
}

QString ProfileBadge::text() const
{
    QStringList parts{kindName(m_kind)};
    if (!m_name.isEmpty())
        parts.prepend(m_name);
    if (m_readOnly)
        parts.append(tr("read-only"));
    return parts.join(QStringLiteral(" · "));
}

void ProfileBadge::describe()
{
    setAccessibleName(tr("Profile: %1").arg(text()));
    const QString hints[] = {tr("A seeded market inside this program answers; nothing leaves this machine."),
        tr("Recorded responses answer; nothing leaves this machine."), tr("The real upstreams are asked.")};
    setToolTip(hints[static_cast<int>(m_kind)]);
}

QSize ProfileBadge::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(text()) + 34, fontMetrics().height() + 10};
}

void ProfileBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor tint = m_kind == Kind::Live ? inkColor(Ink::Error) : palette().color(QPalette::Highlight);
    QColor fill = tint;
    fill.setAlphaF(0.14F);
    painter.setPen(QPen(tint, 1));
    painter.setBrush(fill);
    const QRectF body = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2);
    painter.fillRect(QRectF(12, height() / 2.0 - 4, 8, 8), tint);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect().adjusted(25, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
}

void ProfileBadge::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        describe();
        updateGeometry();
    }
}

} // namespace insitecache
