// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/flight.h"

#include <utility>

namespace insitecache {

void Flight::addStep(
    Stage stage, Outcome outcome, SteadyTime now, std::optional<Error> error, std::optional<MissReason> why)
{
    const auto index = static_cast<std::size_t>(answer.stepCount++);
    answer.steps.at(index) = {stage, outcome, now - stepStarted, std::move(error), why};
    stepStarted = now;
}

void Flight::offerStale(Stage stage, const EntryPtr &entry)
{
    if (stale && stale->freshUntil() >= entry->freshUntil())
        return;
    stale = entry;
    staleStage = stage;
}

FlightPtr FlightTable::find(const CacheKey &key, bool toSource) const
{
    const Flights &table = tableOf(toSource);
    const auto found = table.find(key);
    return found == table.end() ? nullptr : found->second;
}

void FlightTable::add(const FlightPtr &flight)
{
    tableOf(flight->toSource)[flight->key] = flight;
    m_running[flight.get()] = flight;
}

void FlightTable::finish(const FlightPtr &flight)
{
    Flights &table = tableOf(flight->toSource);
    const auto found = table.find(flight->key);
    if (found != table.end() && found->second == flight)
        table.erase(found);
    m_running.erase(flight.get());
    if (m_running.empty()) {
        for (const auto &done : std::exchange(m_whenEmpty, {}))
            done();
    }
}

void FlightTable::whenEmpty(std::function<void()> done)
{
    if (m_running.empty())
        return done();
    m_whenEmpty.push_back(std::move(done));
}

void FlightTable::leaveBehind(const Selector &which)
{
    const auto overtaken = [&](const auto &item) { return which.matches(item.first.text()); };
    std::erase_if(m_reading, overtaken);
    std::erase_if(m_toSource, overtaken);
}

std::vector<FlightPtr> FlightTable::all() const
{
    std::vector<FlightPtr> flights;
    for (const auto &[raw, flight] : m_running)
        flights.push_back(flight);
    return flights;
}

} // namespace insitecache
