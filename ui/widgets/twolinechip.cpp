// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twolinechip.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace insitecache {

namespace {

constexpr int chipPadding = 8;

} // namespace

TwoLineChip::TwoLineChip(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void TwoLineChip::renew()
{
    describe();
    updateGeometry();
    update();
}

QFont TwoLineChip::bold() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

QSize TwoLineChip::sizeHint() const
{
    const Look shown = look();
    const QFontMetrics title(bold());
    const QString upper = shown.marker.isEmpty() ? shown.upper : shown.marker + u' ' + shown.upper;
    const int width = std::max(title.horizontalAdvance(upper), fontMetrics().horizontalAdvance(shown.lower));
    return {width + 2 * chipPadding, 2 * title.height() + 2 * chipPadding};
}

void TwoLineChip::paintEvent(QPaintEvent *)
{
    const Look shown = look();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(shown.frame, shown.frameWidth));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRect inner = rect().adjusted(chipPadding, chipPadding, -chipPadding, -chipPadding);
    QRect upper = inner;
    painter.setFont(bold());
    if (!shown.marker.isEmpty()) {
        painter.setPen(shown.markerColour);
        painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, shown.marker);
        upper.setLeft(upper.left() + QFontMetrics(bold()).horizontalAdvance(shown.marker + u' '));
    }
    painter.setPen(shown.upperColour);
    painter.drawText(upper, Qt::AlignLeft | Qt::AlignTop, shown.upper);
    painter.setFont(font());
    painter.setPen(shown.lowerColour);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, shown.lower);
}

void TwoLineChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        renew();
}

} // namespace insitecache
