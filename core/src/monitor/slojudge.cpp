// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/slojudge.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr Duration sloWindow = std::chrono::seconds(10);
constexpr std::uint64_t sloNeeded = 50;

struct SloRule {
    double limit;
    double warnAt; ///< inside a tenth of what is allowed
    bool atLeast;
    int raiseAfter, clearAfter;
};

const SloRule &sloRule(SloKind kind)
{
    static constexpr SloRule hitRatio{0.80, 0.82, true, 3, 6};
    static constexpr SloRule mean{50.0, 45.0, false, 3, 6};
    static constexpr SloRule memory{0.30, 0.27, false, 1, 6};
    switch (kind) {
    case SloKind::HitRatio: return hitRatio;
    case SloKind::MeanLatency: return mean;
    case SloKind::Memory: break;
    }
    return memory;
}

bool isBeyond(double value, double limit, bool atLeast)
{
    return atLeast ? value < limit : value > limit;
}

} // namespace

std::string_view sloName(SloKind kind)
{
    switch (kind) {
    case SloKind::HitRatio: return "hit-ratio";
    case SloKind::MeanLatency: return "mean-latency";
    case SloKind::Memory: break;
    }
    return "memory";
}

double memoryBudget(std::uint64_t systemMemoryBytes)
{
    return 0.30 * static_cast<double>(systemMemoryBytes);
}

std::optional<double> sloValue(SloKind kind, const Snapshot &snapshot)
{
    switch (kind) {
    case SloKind::HitRatio: return snapshot.window.hitRatio();
    case SloKind::MeanLatency: return snapshot.window.latency.meanMs();
    case SloKind::Memory: break;
    }
    if (snapshot.systemMemoryBytes == 0)
        return std::nullopt;
    return static_cast<double>(cacheMemory(snapshot)) / static_cast<double>(snapshot.systemMemoryBytes);
}

SloJudge::SloJudge(SloKind kind) :
    m_kind(kind), m_raiseAfter(sloRule(kind).raiseAfter), m_clearAfter(sloRule(kind).clearAfter)
{}

SloReading SloJudge::add(SteadyTime now, const Snapshot &snapshot)
{
    const SloRule &rule = sloRule(m_kind);
    const bool counted = m_kind != SloKind::Memory;
    SloReading reading{.kind = m_kind, .limit = rule.limit, .raiseAfter = m_raiseAfter, .clearAfter = m_clearAfter};
    reading.samples = counted ? snapshot.window.lookups : 1;
    reading.needed = counted ? sloNeeded : 1;
    const std::optional<double> value = sloValue(m_kind, snapshot);
    reading.value = value.value_or(0);
    if (!value || reading.samples < reading.needed) {
        m_windowStart.reset();
        reading.state = value ? SloState::TooFew : SloState::Unknown;
        return reading;
    }
    const bool bad = isBeyond(*value, rule.limit, rule.atLeast);
    // Memory clears at the warning level, so that it does not flap at the limit.
    const bool stillBad = m_kind == SloKind::Memory && m_breached && isBeyond(*value, rule.warnAt, rule.atLeast);
    closeWindow(now, bad || stillBad);
    reading.badWindows = m_bad;
    reading.goodWindows = m_good;
    const bool warn = bad || isBeyond(*value, rule.warnAt, rule.atLeast);
    reading.state = m_breached ? SloState::Breach : warn ? SloState::Warning : SloState::Ok;
    return reading;
}

void SloJudge::closeWindow(SteadyTime now, bool bad)
{
    if (!m_windowStart)
        m_windowStart = now - (m_raiseAfter == 1 ? sloWindow : Duration::zero());
    if (now - *m_windowStart < sloWindow)
        return;
    m_windowStart = now;
    m_bad = bad ? std::min(m_bad + 1, m_raiseAfter) : 0;
    m_good = bad ? 0 : std::min(m_good + 1, m_clearAfter);
    if (m_bad >= m_raiseAfter)
        m_breached = true;
    else if (m_good >= m_clearAfter)
        m_breached = false;
}

} // namespace insitecache
