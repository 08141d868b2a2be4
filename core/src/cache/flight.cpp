// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/flight.h"

namespace insitecache {

void Flight::addStep(Stage stage, Outcome outcome, SteadyTime now, std::optional<Error> error)
{
    const auto index = static_cast<std::size_t>(answer.stepCount++);
    answer.steps.at(index) = {stage, outcome, now - stepStarted, std::move(error)};
    stepStarted = now;
}

void Flight::offerStale(Stage stage, const EntryPtr &entry)
{
    if (stale && stale->freshUntil >= entry->freshUntil)
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
    for (const auto &[ticket, which] : m_fences)
        flight->fenced = flight->fenced || which.matches(flight->key.text());
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
}

int FlightTable::raiseFence(Selector which)
{
    fenceRunning(which);
    const int ticket = m_nextTicket++;
    m_fences.emplace(ticket, std::move(which));
    return ticket;
}

void FlightTable::release(int ticket)
{
    const auto found = m_fences.find(ticket);
    if (found == m_fences.end())
        return;
    fenceRunning(found->second);
    m_fences.erase(found);
}

void FlightTable::fenceRunning(const Selector &which)
{
    for (const auto &[raw, flight] : m_running) {
        if (!which.matches(flight->key.text()))
            continue;
        flight->fenced = true;
        Flights &table = tableOf(flight->toSource);
        const auto joined = table.find(flight->key);
        if (joined != table.end() && joined->second == flight)
            table.erase(joined);
    }
}

std::vector<FlightPtr> FlightTable::all() const
{
    std::vector<FlightPtr> flights;
    for (const auto &[raw, flight] : m_running)
        flights.push_back(flight);
    return flights;
}

} // namespace insitecache
