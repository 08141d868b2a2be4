// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/tierwatch.h"

#include <algorithm>
#include <cstdio>

namespace insitecache {

namespace {

constexpr Duration connectGrace = std::chrono::seconds(3);
constexpr Duration healthWindow = std::chrono::seconds(10);
constexpr std::uint64_t healthReads = 20;
constexpr double failingShare = 0.05;
constexpr double slowTimes = 5, slowAtLeastMs = 5;
constexpr int degradedAfter = 2, healthyAfter = 3;
constexpr std::size_t usualWindows = 30, usualNeeded = 3;

double usualMs(std::deque<double> windows)
{
    const auto middle = windows.begin() + static_cast<std::ptrdiff_t>(windows.size() / 2);
    std::nth_element(windows.begin(), middle, windows.end());
    return *middle;
}

template <class... Number>
std::string troubleText(const char *format, Number... numbers)
{
    char text[96];
    std::snprintf(text, sizeof text, format, numbers...);
    return text;
}

} // namespace

std::vector<TierWatch::Change> TierWatch::add(SteadyTime now, const Snapshot &snapshot)
{
    std::vector<Change> changes;
    for (int i = 0; i < tierCount; ++i) {
        const TierState &tier = snapshot.tiers[i];
        if (!tier.configured)
            continue;
        auto change = tier.usage.up ? addUp(m_known[i], now, tier) : addDown(m_known[i], now, tier);
        if (!change)
            continue;
        change->stage = static_cast<Stage>(i);
        changes.push_back(std::move(*change));
    }
    return changes;
}

std::optional<TierWatch::Change> TierWatch::addDown(Known &known, SteadyTime now, const TierState &tier)
{
    if (known.told == Condition::Down)
        return std::nullopt;
    if (!known.since || known.told == Condition::Degraded)
        known.since = now;
    if (!known.wasUp && now - *known.since < connectGrace)
        return std::nullopt;
    known.told = Condition::Down;
    known.windowStart.reset();
    known.bad = known.good = 0;
    return Change{.condition = Condition::Down, .detail = tier.usage.detail};
}

std::optional<TierWatch::Change> TierWatch::addUp(Known &known, SteadyTime now, const TierState &tier)
{
    const Condition before = known.told;
    known.wasUp = true;
    if (before == Condition::Down)
        known.told = Condition::Up;
    else
        closeWindow(known, now, tier.totals);
    if (known.told == before) {
        if (before == Condition::Up)
            known.since.reset();
        return std::nullopt;
    }
    if (known.told == Condition::Degraded) {
        known.since = now;
        return Change{.condition = Condition::Degraded, .detail = known.why};
    }
    const Millis lasted(toMillis(now - *known.since));
    known.since.reset();
    return Change{.condition = Condition::Up, .lasted = lasted, .detail = tier.usage.detail};
}

void TierWatch::closeWindow(Known &known, SteadyTime now, const TierTotals &totals)
{
    if (!known.windowStart) {
        known.windowStart = now;
        known.atStart = totals;
        return;
    }
    if (now - *known.windowStart < healthWindow)
        return;
    TierTotals window;
    window.lookups = totals.lookups - known.atStart.lookups;
    window.errors = totals.errors - known.atStart.errors;
    window.latency = totals.latency - known.atStart.latency;
    known.windowStart = now;
    known.atStart = totals;
    if (window.lookups < healthReads)
        return;
    const bool bad = isTroubled(known, window);
    known.bad = bad ? known.bad + 1 : 0;
    known.good = bad ? 0 : known.good + 1;
    if (known.bad >= degradedAfter)
        known.told = Condition::Degraded;
    else if (known.good >= healthyAfter)
        known.told = Condition::Up;
}

bool TierWatch::isTroubled(Known &known, const TierTotals &window)
{
    const double failed = double(window.errors) / double(window.lookups);
    const double p95 = window.latency.quantileMs(0.95);
    if (failed >= failingShare) {
        known.why
            = troubleText("%.0f%% of %llu reads failed", failed * 100, static_cast<unsigned long long>(window.lookups));
        return true;
    }
    const double usual = known.usual.size() >= usualNeeded ? usualMs(known.usual) : p95;
    if (p95 >= slowAtLeastMs && p95 >= slowTimes * usual) {
        known.why = troubleText("p95 %.1f ms instead of %.2f ms", p95, usual);
        return true;
    }
    known.usual.push_back(p95);
    if (known.usual.size() > usualWindows)
        known.usual.pop_front();
    return false;
}

} // namespace insitecache
