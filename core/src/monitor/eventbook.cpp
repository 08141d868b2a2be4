// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/eventbook.h"

#include <algorithm>
#include <cstdio>

namespace insitecache {

namespace {

bool isFrozen(const SourceStatus &source)
{
    return source.frozenFor && *source.frozenFor > Millis::zero();
}

std::string sloFigures(const SloReading &reading)
{
    char text[96];
    std::snprintf(text, sizeof text, "value %.4g, limit %.4g, samples %llu", reading.value, reading.limit,
        static_cast<unsigned long long>(reading.samples));
    return text;
}

} // namespace

void EventBook::add(const Reading &reading, const Snapshot &now)
{
    addTiers(reading, now);
    addSources(reading);
    addObjectives(reading, now);
    if (m_last) {
        addPolicies(reading);
        addWorkload(reading);
        addDamage(reading);
    }
    tellGathered(reading);
    m_last = reading;
}

void EventBook::raise(Event event)
{
    m_alerts.raise(*m_journal.add(std::move(event)));
}

void EventBook::recover(Event event)
{
    m_alerts.clear(event.target, event.time);
    m_journal.add(std::move(event));
}

void EventBook::addTiers(const Reading &reading, const Snapshot &now)
{
    for (TierWatch::Change &change : m_tiers.add(reading.steady, now)) {
        Event event{.time = reading.time, .target = std::string(stageName(change.stage)), .detail = change.detail};
        event.tiers[static_cast<std::size_t>(change.stage)] = true;
        switch (change.condition) {
        case TierWatch::Condition::Up:
            event.kind = EventKind::TierUp;
            event.took = change.lasted;
            recover(std::move(event));
            break;
        case TierWatch::Condition::Degraded:
            event.kind = EventKind::TierDegraded;
            event.severity = EventSeverity::Warning;
            raise(std::move(event));
            break;
        case TierWatch::Condition::Down:
            event.kind = EventKind::TierDown;
            event.severity = EventSeverity::Error;
            raise(std::move(event));
            break;
        }
    }
}

void EventBook::addSources(const Reading &reading)
{
    for (const SourceStatus &source : reading.sources) {
        const auto known = m_frozen.find(source.name);
        if (isFrozen(source) && known == m_frozen.end()) {
            m_frozen[source.name] = reading.steady;
            raise({.time = reading.time,
                .kind = EventKind::RateLimited,
                .severity = EventSeverity::Warning,
                .target = source.name,
                .until = reading.time + *source.frozenFor,
                .detail = source.lastError});
        } else if (!isFrozen(source) && known != m_frozen.end()) {
            recover({.time = reading.time,
                .kind = EventKind::RateLimitOver,
                .target = source.name,
                .took = Millis(toMillis(reading.steady - known->second))});
            m_frozen.erase(known);
        }
    }
}

void EventBook::addObjectives(const Reading &reading, const Snapshot &now)
{
    for (std::size_t i = 0; i < m_judges.size(); ++i) {
        const SloReading judged = m_objectives[i] = m_judges[i].add(reading.steady, now);
        Event event{.time = reading.time,
            .target = std::string(sloName(judged.kind)),
            .value = judged.value,
            .detail = sloFigures(judged)};
        if (m_judges[i].isBreached() && !m_breachedSince[i]) {
            m_breachedSince[i] = reading.steady;
            event.kind = EventKind::ObjectiveBreached;
            event.severity = EventSeverity::Error;
            raise(std::move(event));
        } else if (!m_judges[i].isBreached() && m_breachedSince[i]) {
            event.kind = EventKind::ObjectiveMet;
            event.took = Millis(toMillis(reading.steady - *m_breachedSince[i]));
            m_breachedSince[i].reset();
            recover(std::move(event));
        }
    }
}

void EventBook::addPolicies(const Reading &reading)
{
    if (!m_last->policies || !reading.policies || m_last->policies == reading.policies)
        return;
    std::string types;
    for (const Policy &policy : *reading.policies) {
        if (std::find(m_last->policies->begin(), m_last->policies->end(), policy) == m_last->policies->end())
            types += (types.empty() ? "" : ", ") + policy.type;
    }
    if (!types.empty())
        note({.time = reading.time, .kind = EventKind::PolicyChange, .cause = EventCause::Policy, .target = types});
}

void EventBook::addWorkload(const Reading &reading)
{
    if (m_last->workload.running == reading.workload.running)
        return;
    Event event{.time = reading.time, .kind = EventKind::WorkloadStarted, .cause = EventCause::Manual};
    if (!reading.workload.running) {
        event.kind = EventKind::WorkloadStopped;
        event.count = std::max(m_last->workload.sent, reading.workload.sent);
        if (m_workloadSince)
            event.took = Millis(toMillis(reading.steady - *m_workloadSince));
    }
    m_workloadSince = reading.steady;
    note(std::move(event));
}

void EventBook::addDamage(const Reading &reading)
{
    for (std::size_t i = 0; i < tierCount; ++i) {
        const std::uint64_t copies = reading.totals.tiers[i].corrupt - m_last->totals.tiers[i].corrupt;
        tellDamage(reading.time, i, m_damage[i].pass(reading.steady, copies));
    }
    const std::uint64_t unwritten = reading.totals.churn.journalFailures - m_last->totals.churn.journalFailures;
    if (const std::uint64_t count = m_journalFailures.pass(reading.steady, unwritten))
        note(
            {.time = reading.time, .kind = EventKind::JournalFailed, .severity = EventSeverity::Error, .count = count});
}

void EventBook::tellDamage(WallTime time, std::size_t tier, std::uint64_t copies)
{
    if (copies == 0)
        return;
    Event event{.time = time,
        .kind = EventKind::CorruptHealed,
        .severity = EventSeverity::Warning,
        .target = std::string(stageName(static_cast<Stage>(tier))),
        .count = copies};
    event.tiers[tier] = true;
    note(std::move(event));
}

void EventBook::heardElsewhere(SteadyTime now, WallTime time, const std::string &what)
{
    m_lastElsewhere = what;
    if (m_elsewhere.pass(now, 1) == 0)
        return;
    note({.time = time, .kind = EventKind::InvalidationElsewhere, .cause = EventCause::OtherProcess, .target = what});
}

void EventBook::missedSome(WallTime time)
{
    if (m_last && m_last->totals.all.lookups > 0)
        note({.time = time,
            .kind = EventKind::EventsMissed,
            .severity = EventSeverity::Warning,
            .cause = EventCause::OtherProcess});
}

void EventBook::tellGathered(const Reading &reading)
{
    if (const std::uint64_t count = m_elsewhere.gathered(reading.steady))
        note({.time = reading.time,
            .kind = EventKind::InvalidationElsewhere,
            .cause = EventCause::OtherProcess,
            .target = m_lastElsewhere,
            .count = count});
    for (std::size_t i = 0; i < tierCount; ++i)
        tellDamage(reading.time, i, m_damage[i].gathered(reading.steady));
    if (const std::uint64_t count = m_journalFailures.gathered(reading.steady))
        note(
            {.time = reading.time, .kind = EventKind::JournalFailed, .severity = EventSeverity::Error, .count = count});
}

bool EventBook::acknowledge(std::uint64_t event, WallTime now)
{
    const auto target = m_alerts.acknowledge(event);
    if (target)
        note({.time = now, .kind = EventKind::Acknowledged, .cause = EventCause::Manual, .target = *target});
    return target.has_value();
}

void EventBook::show(Snapshot &out) const
{
    out.markers = m_journal.markers();
    out.newestEvent = m_journal.newest();
    out.spans = m_alerts.spans();
    out.alerts = m_alerts.alerts();
    std::copy(m_objectives.begin(), m_objectives.end(), out.objectives);
    for (std::size_t i = 0; i < tierCount; ++i)
        out.tiers[i].degraded = m_tiers.condition(static_cast<Stage>(i)) == TierWatch::Condition::Degraded;
}

} // namespace insitecache
