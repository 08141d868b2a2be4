// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <insitecache/base/clock.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

enum class EventKind : std::uint8_t {
    Invalidation,       ///< of one key
    InvalidationOfMany, ///< by pattern, type, or a list of keys
    ScheduledInvalidation,
    InvalidationElsewhere, ///< by another process
    Undo,
    PolicyChange,
    WorkloadStarted,
    WorkloadStopped,
    TierDown,
    TierDegraded, ///< it answers, but slowly or with errors
    TierUp,       ///< of a tier that was down or degraded
    RateLimited,  ///< an upstream is not asked until `until`
    RateLimitOver,
    CorruptHealed, ///< damaged copies were dropped and will be loaded again
    JournalFailed, ///< what was to survive a crash could not be written down
    LogFailed,     ///< the file of events could not be written
    EventsMissed,  ///< of other processes: everything may have changed
    ObjectiveBreached,
    ObjectiveMet, ///< of one that was breached
    Acknowledged, ///< somebody has seen an alert
    Bookmark,
};
inline constexpr int eventKindCount = static_cast<int>(EventKind::Bookmark) + 1;

enum class EventSeverity : std::uint8_t { Info, Warning, Error };
/// Who is behind it.
enum class EventCause : std::uint8_t { Manual, Scheduled, OtherProcess, Policy, Machine };

/// Something that happened to the cache and is worth a line in a log. Data, not sentences: whoever shows it finds the
/// words, and takes `target`, `reason` and `detail` as foreign text. Immutable once it has an id.
struct Event {
    std::uint64_t id = 0; ///< of this process, ascending from 1
    WallTime time{};
    EventKind kind = EventKind::Invalidation;
    EventSeverity severity = EventSeverity::Info;
    EventCause cause = EventCause::Machine;
    std::string target{};                 ///< key, pattern, tier, upstream, types, or the name of an objective
    std::optional<std::uint64_t> count{}; ///< keys, copies, lookups: whatever the kind counts
    bool tiers[tierCount] = {};           ///< those it is about
    std::string reason{};                 ///< as a person gave it
    std::optional<Millis> took{};         ///< how long it took or lasted
    std::optional<WallTime> until{};      ///< of RateLimited
    std::optional<double> value{};        ///< of an objective: what was measured, a ratio or milliseconds
    std::string detail{};                 ///< raw
};
using EventPtr = std::shared_ptr<const Event>;

/// "invalidation-of-many": stable words, as they stand in files.
std::string_view eventKindName(EventKind kind);
std::string_view eventSeverityName(EventSeverity severity); ///< "info", "warning", "error"
std::string_view eventCauseName(EventCause cause);          ///< "manual", "other-process", …

/// The event as one line of JSON, without an end of line; what it does not have is left out. Time is written twice:
/// ISO 8601 in UTC, and `timeMs` since 1970. Any thread.
std::string eventJson(const Event &event);

} // namespace insitecache
