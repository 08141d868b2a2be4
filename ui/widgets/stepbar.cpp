// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/stepbar.h"

#include <algorithm>

#include <QPainter>

namespace insitecache {

namespace {

// A step that took no time that shows is still seen.
constexpr double stepBarLeast = 3;

} // namespace

StepBar::StepBar(Ink ink, QWidget *parent) : QWidget(parent), m_ink(ink)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StepBar::setSpan(double start, double length)
{
    m_start = start;
    m_length = length;
    update();
}

void StepBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor track = palette().color(QPalette::WindowText);
    track.setAlphaF(0.10F);
    const QRectF axis(0, height() / 2.0 - 4, width(), 8);
    painter.fillRect(axis, track);
    if (m_length < 0)
        return;
    const double length = std::max(stepBarLeast, m_length * axis.width());
    const double left = std::min(m_start * axis.width(), axis.width() - length);
    painter.fillRect(QRectF(left, axis.top(), length, axis.height()), inkColor(m_ink));
}

} // namespace insitecache
