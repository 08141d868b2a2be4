// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace insitecache {

/// 1, 2, 5, 10, 20, 50 … : the smallest of these that is at least `value`.
double niceStep(double value);

/// The top of a value axis: a whole number of 1-2-5 steps, at most five. Grows at once, shrinks only when the data has
/// fallen well below, so that it does not flicker around a step.
class AxisScale {
public:
    explicit AxisScale(double least);
    /// True when top or step have changed.
    bool update(double largest);
    double top() const { return m_step * m_steps; }
    int steps() const { return m_steps; }

private:
    void fit(double largest);

    double m_least;
    double m_step = 1;
    int m_steps = 1;
};

} // namespace insitecache
