// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/cache/lookup.h>
#include <insitecache/cache/policy.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// One key's walk down the tiers, and everybody who waits for it.
/// Cache thread only.
struct Flight {
    using Waiter = std::function<void(const Lookup &)>;

    CacheKey key;
    std::shared_ptr<const Policy> policy;
    bool toSource = false;  ///< skips the tiers: a bypass or a refresh
    bool peeks = false;     ///< looks into L2 and L3 without a ticket, which others would have to wait for
    bool tiersOnly = false; ///< no source is asked
    bool isQuiet = false;   ///< nobody who counts waits for it
    bool finished = false;  ///< the answer is known; it may still be filling tiers
    bool landed = false;    ///< whoever waited has been told
    SteadyTime started{};
    SteadyTime stepStarted{};
    Lookup answer;  ///< steps so far
    EntryPtr stale; ///< the freshest expired copy met on the way
    Stage staleStage = Stage::None;
    FillTicket tickets[tierCount];
    bool unreachable[tierCount] = {}; ///< the tier answered with an error: it is left out, not a reason to refuse
    std::vector<Waiter> waiters;

    void addStep(Stage stage, Outcome outcome, SteadyTime now, std::optional<Error> error = {},
        std::optional<MissReason> why = {});
    /// Remembers an expired copy unless a fresher one is already known.
    void offerStale(Stage stage, const EntryPtr &entry);
};

using FlightPtr = std::shared_ptr<Flight>;

/// The flights under way. What keeps an overtaken flight from storing is its tickets; the table only sees to it that
/// nobody who asks after an invalidation is answered by a flight from before it.
/// Cache thread only.
class FlightTable {
public:
    /// The flight to join, or null. A flight to the source never joins one that reads tiers.
    FlightPtr find(const CacheKey &key, bool toSource) const;
    void add(const FlightPtr &flight);
    void finish(const FlightPtr &flight);
    /// Matching flights go on for those who wait already, but are not joined any more.
    void leaveBehind(const Selector &which);
    std::vector<FlightPtr> all() const;
    /// Runs `done` when no flight is under way; at once when that is so.
    void whenEmpty(std::function<void()> done);

private:
    using Flights = std::unordered_map<CacheKey, FlightPtr>;
    const Flights &tableOf(bool toSource) const { return toSource ? m_toSource : m_reading; }
    Flights &tableOf(bool toSource) { return toSource ? m_toSource : m_reading; }

    Flights m_reading, m_toSource;
    std::unordered_map<const Flight *, FlightPtr> m_running;
    std::vector<std::function<void()>> m_whenEmpty;
};

} // namespace insitecache
