// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include <insitecache/base/clock.h>

namespace insitecache {

/// How often a value changes, from looks at it that only tell whether it is another one than at the look before:
/// several changes between two looks count as one, so the plain share of changed looks is too low.
///
/// Changes are taken for a Poisson process. The rate is the one that makes the last 32 looks likeliest, whatever lay
/// between them, with half a look of their mean length added that found nothing. For looks at equal intervals that is
/// the estimator of Cho and Garcia-Molina ("Estimating frequency of change", ACM TOIT 3(3), 2003),
/// -log((n - X + 0.5) / (n + 0.5)) / interval, which has hardly any bias from ten looks on. Where no look found a
/// change it would be zero; half a change is taken for seen then, so that a life that is made from it grows, but step
/// by step. Not thread-safe.
class ChangeRate {
public:
    static constexpr int window = 32;

    /// The time since the look before, > 0; others are passed over.
    void looked(Duration since, bool changed);

    int looks() const { return m_looks; }
    int changes() const;
    /// 0 without looks.
    double perSecond() const;

private:
    struct Look {
        float seconds;
        bool changed;
    };
    double surplus(double rate, double still) const;

    std::array<Look, window> m_last{};
    std::uint8_t m_looks = 0, m_next = 0;
};

} // namespace insitecache
