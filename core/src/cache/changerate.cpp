// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/changerate.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

constexpr double unseenShare = 0.5;
constexpr int bisections = 60;

} // namespace

void ChangeRate::looked(Duration since, bool changed)
{
    if (since <= Duration::zero())
        return;
    m_last.at(m_next) = {std::chrono::duration<float>(since).count(), changed};
    m_next = static_cast<std::uint8_t>((m_next + 1) % window);
    m_looks = static_cast<std::uint8_t>(std::min(m_looks + 1, window));
}

int ChangeRate::changes() const
{
    return static_cast<int>(
        std::count_if(m_last.begin(), m_last.begin() + m_looks, [](const Look &look) { return look.changed; }));
}

/// The derivative of the log-likelihood, which falls as the rate grows.
double ChangeRate::surplus(double rate, double still) const
{
    double sum = -still;
    for (int i = 0; i < m_looks; ++i) {
        const Look &look = m_last.at(static_cast<std::size_t>(i));
        if (look.changed)
            sum += double(look.seconds) / std::expm1(rate * double(look.seconds));
    }
    return sum;
}

double ChangeRate::perSecond() const
{
    if (m_looks == 0)
        return 0;
    double all = 0, still = 0, shortest = double(m_last.front().seconds);
    for (int i = 0; i < m_looks; ++i) {
        const Look &look = m_last.at(static_cast<std::size_t>(i));
        all += double(look.seconds);
        still += look.changed ? 0 : double(look.seconds);
        shortest = std::min(shortest, double(look.seconds));
    }
    if (changes() == 0)
        return unseenShare / all;
    still += unseenShare * all / m_looks;
    double low = 0, high = 1 / shortest;
    while (surplus(high, still) > 0)
        high *= 2;
    for (int i = 0; i < bisections; ++i) {
        const double middle = (low + high) / 2;
        (surplus(middle, still) > 0 ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace insitecache
