// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/whatif.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::uint64_t highestMask = 0xffff;
constexpr std::size_t mostSampledEntries = 1024; ///< in the mini cache of the present size
constexpr std::uint64_t mostUsesPerSecond = 5000;
constexpr std::uint64_t usesPerFit = 128;
constexpr Duration windowOfWhatIf = std::chrono::minutes(5);
constexpr double fewUses = 500; ///< in a window: more keys can be watched
constexpr double usesToJudge = 1000;
constexpr std::size_t keysToJudge = 64; ///< unless all keys are watched
constexpr double gainThatCounts = 0.02;

MiniCache::Tick ticksOfLife(Duration life, double factor)
{
    return MiniCache::Tick(double(toMillis(life)) * factor);
}

double hitRatioOf(const WhatIf::Counted &since, const WhatIf::Counted &until)
{
    const std::uint64_t lookups = until.lookups - since.lookups;
    return lookups > 0 ? double(until.hits - since.hits) / double(lookups) : 0;
}

/// A sample without misses cannot be scaled; then the difference stands for what it does not see.
double calibrated(double missRatio, double asItIs, double actual)
{
    constexpr double tooFewToScale = 0.001;
    const double missed = asItIs > tooFewToScale ? missRatio * actual / asItIs : missRatio + actual - asItIs;
    return 1 - std::clamp(missed, 0.0, 1.0);
}

double ratioAtTwice(const std::vector<WhatIfReport::Case> &cases)
{
    return std::find_if(cases.begin(), cases.end(), [](const auto &one) { return one.factor == 2; })->hitRatio;
}

WhatIfReport::Verdict verdictOf(const WhatIfReport &report)
{
    const double capacityGain = ratioAtTwice(report.capacity) - report.actual;
    const double ttlGain = ratioAtTwice(report.ttl) - report.actual;
    if (std::max(capacityGain, ttlGain) < gainThatCounts)
        return WhatIfReport::Verdict::Neither;
    return capacityGain >= ttlGain ? WhatIfReport::Verdict::CapacityBound : WhatIfReport::Verdict::TtlBound;
}

} // namespace

std::string_view whatIfVerdictName(WhatIfReport::Verdict verdict)
{
    switch (verdict) {
    case WhatIfReport::Verdict::Neither: return "neither";
    case WhatIfReport::Verdict::CapacityBound: return "capacity-bound";
    case WhatIfReport::Verdict::TtlBound: return "ttl-bound";
    case WhatIfReport::Verdict::TooFewSamples: break;
    }
    return "too few samples";
}

void WhatIf::Window::scale(double by)
{
    uses *= by;
    for (double &some : miniHits)
        some *= by;
}

void WhatIf::Window::add(const Window &other)
{
    uses += other.uses;
    for (std::size_t i = 0; i < miniHits.size(); ++i)
        miniHits[i] += other.miniHits[i];
}

WhatIf::WhatIf(bool isOn) : m_isOn(isOn), m_mask(isOn ? 0 : highestMask) {}

void WhatIf::note(const Use &use, bool isRequest)
{
    if (!m_isOn)
        return;
    const std::unique_lock lock(m_mutex, std::try_to_lock);
    if (!lock)
        return;
    if (m_usesUntilFit-- == 0)
        fit(use);
    m_now.uses += isRequest ? 1 : 0;
    for (std::size_t i = 0; i < minis.size(); ++i) {
        const MiniCache::Tick now = toMillis(use.now);
        const MiniCache::Tick life = ticksOfLife(use.life, minis[i].life);
        if (!isRequest)
            m_minis[i].renew(use.hash, now, life);
        else if (m_minis[i].use(use.hash, now, life))
            m_now.miniHits[i] += 1;
    }
    if (isTooMuch(use.now)) {
        thin();
        fit(use);
    }
}

void WhatIf::dropped(std::uint64_t hash)
{
    const std::lock_guard lock(m_mutex);
    for (MiniCache &mini : m_minis)
        mini.drop(hash);
}

bool WhatIf::isTooMuch(SteadyTime now)
{
    if (now - m_secondStarted >= std::chrono::seconds(1)) {
        m_secondStarted = now;
        m_usesInSecond = 0;
    }
    return rate() <= highestMask
        && (++m_usesInSecond > mostUsesPerSecond || m_minis[asItIs].count() > mostSampledEntries
            || m_minis[largest].count() > 3 * mostSampledEntries);
}

void WhatIf::fit(const Use &use)
{
    m_usesUntilFit = usesPerFit;
    for (std::size_t i = 0; i < minis.size(); ++i) {
        m_minis[i].setWindowShare(use.windowShare);
        m_minis[i].setLimit(
            std::max<std::size_t>(std::size_t(double(use.capacity) * minis[i].capacity / double(rate())), 1));
    }
}

// What was counted so far was counted on twice as many keys.
void WhatIf::thin()
{
    m_mask.store(rate() * 2 - 1, std::memory_order_relaxed);
    for (MiniCache &mini : m_minis)
        mini.keepOnly([this](std::uint64_t hash) { return isSampled(hash); });
    m_now.scale(0.5);
    m_before.scale(0.5);
    m_usesInSecond = 0;
}

// The keys that join have no past, so counting starts over.
void WhatIf::thicken(double uses)
{
    for (double expected = uses; rate() > 1 && expected < fewUses; expected = std::max(2 * expected, 1.0))
        m_mask.store(rate() / 2 - 1, std::memory_order_relaxed);
    m_before = Window{.start = m_now.start};
    m_usesUntilFit = 0;
}

void WhatIf::roll(const Counted &counted, SteadyTime now)
{
    const std::lock_guard lock(m_mutex);
    if (now - m_windowStarted < windowOfWhatIf)
        return;
    m_windowStarted = now;
    m_before = m_now;
    m_now = Window{.start = counted};
    if (rate() > 1 && m_before.uses < fewUses)
        thicken(m_before.uses);
}

WhatIfReport WhatIf::report(const Counted &counted)
{
    const std::lock_guard lock(m_mutex);
    Window both = m_before;
    both.add(m_now);
    WhatIfReport report;
    report.sampledUses = std::uint64_t(both.uses);
    report.sampleRate = rate();
    report.actual = hitRatioOf(both.start, counted);
    report.simulated = 1 - both.missRatio(asItIs);
    const auto caseOf = [&](std::size_t i, double factor) {
        return WhatIfReport::Case{factor, calibrated(both.missRatio(i), both.missRatio(asItIs), 1 - report.actual)};
    };
    for (std::size_t i = 0; i < minis.size(); ++i) {
        if (minis[i].life == 1)
            report.capacity.push_back(caseOf(i, minis[i].capacity));
        if (minis[i].capacity == 1)
            report.ttl.push_back(caseOf(i, minis[i].life));
    }
    std::sort(report.ttl.begin(), report.ttl.end(), [](const auto &a, const auto &b) { return a.factor < b.factor; });
    const bool isEnough = both.uses >= usesToJudge && (rate() == 1 || m_minis[asItIs].count() >= keysToJudge);
    if (isEnough)
        report.verdict = verdictOf(report);
    return report;
}

} // namespace insitecache
