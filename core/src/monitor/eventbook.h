// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <optional>

#include "monitor/alertbook.h"
#include "monitor/burstgate.h"
#include "monitor/eventjournal.h"
#include "monitor/reading.h"
#include "monitor/slojudge.h"
#include "monitor/tierwatch.h"

namespace insitecache {

/// Finds out what happened between two readings, takes note of what it is told, and knows what is not fine now.
/// Not thread-safe: the monitor's lock guards it.
class EventBook {
public:
    /// Another look at the cache, once a second; `now` is the same one as a snapshot.
    void add(const Reading &reading, const Snapshot &now);
    EventPtr note(Event event) { return m_journal.add(std::move(event)); }
    /// Another process invalidated something.
    void heardElsewhere(SteadyTime now, WallTime time, const std::string &what);
    /// What they tell may be incomplete. No news before anything was looked up here.
    void missedSome(WallTime time);
    /// False: that alert is over, or was acknowledged before.
    bool acknowledge(std::uint64_t event, WallTime now);

    void setFollower(std::function<void(const EventPtr &)> follower) { m_journal.setFollower(std::move(follower)); }
    std::vector<EventPtr> after(std::uint64_t id) const { return m_journal.after(id); }
    /// Markers, spans, alerts, objectives and degraded tiers.
    void show(Snapshot &out) const;

private:
    void raise(Event event);
    void recover(Event event);
    void addTiers(const Reading &reading, const Snapshot &now);
    void addPolicies(const Reading &reading);
    void addWorkload(const Reading &reading);
    void addSources(const Reading &reading);
    void addDamage(const Reading &reading);
    void addObjectives(const Reading &reading, const Snapshot &now);
    void tellGathered(const Reading &reading);
    void tellDamage(WallTime time, std::size_t tier, std::uint64_t copies);

    EventJournal m_journal;
    AlertBook m_alerts;
    TierWatch m_tiers;
    std::array<SloJudge, sloKindCount> m_judges{
        SloJudge(SloKind::HitRatio), SloJudge(SloKind::MeanLatency), SloJudge(SloKind::Memory)};
    std::array<SloReading, sloKindCount> m_objectives;
    std::array<std::optional<SteadyTime>, sloKindCount> m_breachedSince;
    std::map<std::string, SteadyTime> m_frozen; ///< upstreams that are not asked, and since when
    std::optional<SteadyTime> m_workloadSince;
    std::optional<Reading> m_last;
    BurstGate m_elsewhere, m_journalFailures;
    std::array<BurstGate, tierCount> m_damage;
    std::string m_lastElsewhere;
};

} // namespace insitecache
