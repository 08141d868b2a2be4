// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scoregauge.h"

#include <algorithm>

#include <QPainter>

#include "theme/theme.h"

namespace insitecache {

ScoreGauge::ScoreGauge(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ScoreGauge::setScore(double score)
{
    m_score = std::clamp(score, -1.0, 1.0);
    update();
}

void ScoreGauge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor text = palette().color(QPalette::WindowText);
    QColor track = text;
    track.setAlphaF(0.14F);
    const QRectF scale(10, 8, std::min(width() - 20, 520), 8);
    const double middle = scale.center().x();
    const double at = middle + m_score * scale.width() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(track);
    painter.drawRoundedRect(scale, 4, 4);
    painter.setBrush(inkColor(m_score < 0 ? Ink::Error : Ink::L1));
    painter.drawRect(QRectF(QPointF(std::min(middle, at), scale.top()), QPointF(std::max(middle, at), scale.bottom())));
    painter.setBrush(text);
    painter.drawRect(QRectF(middle - 0.75, scale.top() - 3, 1.5, scale.height() + 6));
    painter.drawEllipse(QPointF(at, scale.center().y()), 6, 6);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const QRectF labels(scale.left() - 10, scale.bottom() + 2, scale.width() + 20, 18);
    painter.drawText(labels, Qt::AlignLeft, QStringLiteral("−1"));
    painter.drawText(labels, Qt::AlignHCenter, QStringLiteral("0"));
    painter.drawText(labels, Qt::AlignRight, QStringLiteral("+1"));
}

} // namespace insitecache
