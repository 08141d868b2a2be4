// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/axisscale.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

constexpr int mostSteps = 5;
constexpr double headroom = 1.04;
constexpr double shrinkBelow = 0.6;

} // namespace

double niceStep(double value)
{
    if (!(value > 0) || !std::isfinite(value))
        return 1;
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * decade * (1 + 1e-9))
            return step * decade;
    }
    return 10 * decade;
}

AxisScale::AxisScale(double least) : m_least(least)
{
    fit(least);
}

void AxisScale::fit(double largest)
{
    const double most = std::max(largest, m_least);
    m_step = niceStep(most / mostSteps);
    m_steps = std::max(1, static_cast<int>(std::ceil(most / m_step - 1e-9)));
}

bool AxisScale::update(double largest)
{
    if (!std::isfinite(largest))
        return false;
    const double before = top();
    if (largest > before || std::max(largest * headroom, m_least) < shrinkBelow * before)
        fit(largest * headroom);
    return top() != before;
}

} // namespace insitecache
