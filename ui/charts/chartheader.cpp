// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartheader.h"

#include <QFontMetricsF>
#include <QPainter>

namespace insitecache {

namespace {

constexpr double keyLine = 20, keyGap = 4, keySpace = 12;

} // namespace

QFont ChartHeader::titleFont() const
{
    QFont bold = font;
    bold.setBold(true);
    return bold;
}

QFont ChartHeader::keyFont() const
{
    QFont small = font;
    small.setPointSizeF(font.pointSizeF() * 0.85);
    return small;
}

double ChartHeader::keysWidth() const
{
    const QFontMetricsF metrics(keyFont());
    double width = 0;
    for (const ChartKey &key : keys)
        width += keyLine + keyGap + metrics.horizontalAdvance(key.text) + keySpace;
    return width;
}

bool ChartHeader::needsSecondRow(double width) const
{
    const QFontMetricsF metrics(titleFont());
    // Room for the widest value, so that the legend does not jump while it changes.
    const double value = headline.isEmpty() ? 0 : metrics.horizontalAdvance(QStringLiteral("00000000"));
    return !keys.isEmpty() && metrics.horizontalAdvance(title) + keySpace + keysWidth() + value > width;
}

double ChartHeader::height(double width) const
{
    const double row = QFontMetricsF(titleFont()).height();
    return needsSecondRow(width) ? row + 4 + QFontMetricsF(keyFont()).height() : row;
}

void ChartHeader::paint(QPainter &painter, const QRectF &place, const QPalette &palette) const
{
    const QFontMetricsF metrics(titleFont());
    const QColor text = palette.color(QPalette::Text);
    QRectF row(place.left(), place.top(), place.width(), metrics.height());
    painter.setFont(titleFont());
    painter.setPen(text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, headline);
    painter.setFont(keyFont());
    if (needsSecondRow(place.width()))
        row = QRectF(place.left(), row.bottom() + 4, place.width(), QFontMetricsF(keyFont()).height());
    else
        row.setLeft(row.left() + metrics.horizontalAdvance(title) + keySpace);
    paintKeys(painter, row, text);
}

void ChartHeader::paintKeys(QPainter &painter, QRectF row, const QColor &text) const
{
    const QFontMetricsF metrics(painter.font());
    for (const ChartKey &key : keys) {
        painter.setPen(key.pen);
        painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.left() + keyLine, row.center().y()));
        row.setLeft(row.left() + keyLine + keyGap);
        painter.setPen(text);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft, key.text);
        row.setLeft(row.left() + metrics.horizontalAdvance(key.text) + keySpace);
    }
}

} // namespace insitecache
