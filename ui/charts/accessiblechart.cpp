// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/accessiblechart.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "charts/timechart.h"

namespace insitecache {

namespace {

QAccessibleInterface *makeAccessibleChart(const QString &, QObject *object)
{
    auto *chart = qobject_cast<TimeChart *>(object);
    return chart ? new QAccessibleWidget(chart, QAccessible::Chart) : nullptr;
}

} // namespace

void installAccessibleCharts()
{
    static const bool installed = [] {
        QAccessible::installFactory(makeAccessibleChart);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace insitecache
