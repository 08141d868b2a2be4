// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/cache/lookup.h>
#include <insitecache/cache/policy.h>

namespace insitecache {

/// One key's walk down the tiers, and everybody who waits for it.
/// Cache thread only.
struct Flight {
    using Waiter = std::function<void(const Lookup &)>;

    CacheKey key;
    std::shared_ptr<const Policy> policy;
    bool toSource = false; ///< skips the tiers: a bypass or a refresh
    bool fenced = false;   ///< overtaken by a write or an invalidation: what it found must not be stored
    bool finished = false;
    SteadyTime started{};
    SteadyTime stepStarted{};
    Lookup answer;  ///< steps so far
    EntryPtr stale; ///< the freshest expired copy met on the way
    Stage staleStage = Stage::None;
    std::vector<Waiter> waiters;

    void addStep(Stage stage, Outcome outcome, SteadyTime now, std::optional<Error> error = {});
    /// Remembers an expired copy unless a fresher one is already known.
    void offerStale(Stage stage, const EntryPtr &entry);
};

using FlightPtr = std::shared_ptr<Flight>;

/// The flights under way, and the fences that keep them from storing what was overtaken.
/// Cache thread only.
class FlightTable {
public:
    /// The flight to join, or null. A flight to the source never joins one that reads tiers.
    FlightPtr find(const CacheKey &key, bool toSource) const;
    void add(const FlightPtr &flight);
    void finish(const FlightPtr &flight);

    /// From now until release(): every matching flight, running or new, stores nothing. Flights that run now are
    /// not joined any more. Returns a ticket for release().
    int raiseFence(Selector which);
    void release(int ticket);

    std::vector<FlightPtr> all() const;

private:
    using Flights = std::unordered_map<CacheKey, FlightPtr>;
    const Flights &tableOf(bool toSource) const { return toSource ? m_toSource : m_reading; }
    Flights &tableOf(bool toSource) { return toSource ? m_toSource : m_reading; }
    void fenceRunning(const Selector &which);

    Flights m_reading, m_toSource;
    std::unordered_map<const Flight *, FlightPtr> m_running;
    std::unordered_map<int, Selector> m_fences;
    int m_nextTicket = 1;
};

} // namespace insitecache
