// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demofaults.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace insitecache {

namespace {

DemoBehaviour sensible(DemoBehaviour behaviour)
{
    const auto within = [](double value, double highest) { return value > 0 ? std::min(value, highest) : 0.0; };
    behaviour.latency = std::clamp(behaviour.latency, Millis::zero(), DemoFaults::longestDelay);
    behaviour.latencySpread = within(behaviour.latencySpread, 3.0);
    behaviour.errorRate = within(behaviour.errorRate, 1.0);
    return behaviour;
}

/// Box and Muller.
double standardNormal(Random &random)
{
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

} // namespace

DemoFaults::DemoFaults(const DemoBehaviour &behaviour, std::uint64_t seed) :
    m_behaviour(sensible(behaviour)), m_random(Random::seeded(seed))
{}

DemoBehaviour DemoFaults::behaviour() const
{
    const std::lock_guard lock(m_mutex);
    return m_behaviour;
}

void DemoFaults::set(const DemoBehaviour &behaviour)
{
    const std::lock_guard lock(m_mutex);
    m_behaviour = sensible(behaviour);
}

Millis DemoFaults::nextDelay()
{
    const DemoBehaviour now = behaviour();
    const double factor = std::exp(now.latencySpread * standardNormal(*m_random));
    const double delay = static_cast<double>(now.latency.count()) * factor;
    return Millis(std::llround(std::min(delay, static_cast<double>(longestDelay.count()))));
}

bool DemoFaults::nextFails()
{
    return m_random->unit() < behaviour().errorRate;
}

} // namespace insitecache
