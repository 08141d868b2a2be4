// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chartheader.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace insitecache {

namespace {

constexpr double keyLine = 20, keyGap = 4, keySpace = 12, keyRowGap = 4;

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

double ChartHeader::keyWidth(const ChartKey &key) const
{
    return keyLine + keyGap + std::ceil(QFontMetricsF(keyFont()).horizontalAdvance(key.text));
}

bool ChartHeader::fitsBesideTitle(double width) const
{
    const QFontMetricsF metrics(titleFont());
    // Room for the widest value, so that the legend does not jump while it changes.
    double used = metrics.horizontalAdvance(title)
        + (headline.isEmpty() ? 0 : metrics.horizontalAdvance(QStringLiteral("00000000")));
    for (const ChartKey &key : keys)
        used += keySpace + keyWidth(key);
    return used <= width;
}

QList<QRectF> ChartHeader::keyPlaces(const QRectF &place) const
{
    const QFontMetricsF titleMetrics(titleFont());
    const bool beside = fitsBesideTitle(place.width());
    const double height = beside ? titleMetrics.height() : QFontMetricsF(keyFont()).height();
    double x = place.left() + (beside ? titleMetrics.horizontalAdvance(title) + keySpace : 0);
    double y = place.top() + (beside ? 0 : titleMetrics.height() + keyRowGap);
    QList<QRectF> places;
    for (const ChartKey &key : keys) {
        const double width = keyWidth(key);
        if (x > place.left() && x + width > place.right()) {
            x = place.left();
            y += height + keyRowGap;
        }
        places += QRectF(x, y, width, height);
        x += width + keySpace;
    }
    return places;
}

double ChartHeader::height(double width) const
{
    const double row = QFontMetricsF(titleFont()).height();
    return keys.isEmpty() ? row : std::max(row, keyPlaces(QRectF(0, 0, width, 0)).last().bottom());
}

void ChartHeader::paint(QPainter &painter, const QRectF &place, const QPalette &palette) const
{
    const QColor text = palette.color(QPalette::Text);
    const QRectF row(place.left(), place.top(), place.width(), QFontMetricsF(titleFont()).height());
    painter.setFont(titleFont());
    painter.setPen(text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, headline);
    painter.setFont(keyFont());
    const QList<QRectF> places = keyPlaces(place);
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const QRectF &key = places[i];
        painter.setPen(keys[i].pen);
        painter.drawLine(QPointF(key.left(), key.center().y()), QPointF(key.left() + keyLine, key.center().y()));
        painter.setPen(text);
        painter.drawText(
            key.adjusted(keyLine + keyGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, keys[i].text);
    }
}

} // namespace insitecache
