// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legendrow.h"

#include <QEvent>
#include <QPainter>

namespace insitecache {

namespace {

constexpr int legendLine = 26, legendGap = 5, legendSpace = 16;

} // namespace

LegendRow::LegendRow(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
}

QList<LegendRow::Item> LegendRow::items()
{
    return {{Ink::Overall, tr("Overall")}, {Ink::L1, tr("L1 memory")}, {Ink::L2, QStringLiteral("L2 Redis")},
        {Ink::L3, QStringLiteral("L3 SQL")}, {Ink::Api, QStringLiteral("API")}, {Ink::StaleServed, tr("Stale served")},
        {Ink::Error, tr("Error")}};
}

int LegendRow::itemWidth(const Item &item) const
{
    const QString text = inkMarker(item.ink) + u' ' + item.text;
    return legendLine + legendGap + fontMetrics().horizontalAdvance(text) + legendSpace;
}

QSize LegendRow::sizeHint() const
{
    int width = 0;
    for (const Item &item : items())
        width += itemWidth(item);
    return {width, fontMetrics().height() + 8};
}

void LegendRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int x = 2;
    for (const Item &item : items()) {
        const double middle = height() / 2.0;
        painter.setPen(inkPen(item.ink));
        painter.drawLine(QPointF(x, middle), QPointF(x + legendLine, middle));
        QRect place(x + legendLine + legendGap, 0, itemWidth(item), height());
        const QString marker = inkMarker(item.ink);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, marker);
        place.setLeft(place.left() + (marker.isEmpty() ? 0 : fontMetrics().horizontalAdvance(marker + u' ')));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, item.text);
        x += itemWidth(item);
    }
}

void LegendRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Legend"));
        updateGeometry();
        update();
    }
}

} // namespace insitecache
