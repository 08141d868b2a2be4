// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QMetaType>
#include <QString>

#include <insitecache/monitor/monitor.h>

/// What a row of the entries table means at one moment. Pure functions, any thread.
namespace insitecache {

enum class LevelMark : std::uint8_t { Fresh, Expired, Differs, Absent, NotInPolicy, Off, Unreachable };

/// In the order of how much attention each deserves.
enum class EntryState : std::uint8_t { Fresh, RefreshDue, Negative, Expired, Differs };

/// What all rows of one page share.
struct EntryContext {
    std::vector<Policy> policies;
    std::array<bool, tierCount> configured{true, true, true};
    std::array<bool, tierCount> unreachable{};
    bool knowsDependencies = false;
};

using TierFlags = std::array<bool, tierCount>;

TierFlags configuredTiers(const Snapshot &snapshot);
EntryContext contextOf(const EntryPage &page, std::vector<Policy> policies, const TierFlags &configured);

struct EntryMoment {
    std::array<LevelMark, tierCount> levels{};
    int answering = -1;       ///< the tier that would answer now; -1: none
    Millis ttl{};             ///< of that copy; ≤ 0 when only an expired one is left
    bool keptForEver = false; ///< it has no end
    double lifeLeft = 0;      ///< 0 … 1 of the life the policy gives
    double refreshBelow = 0;  ///< a hit refreshes when lifeLeft is below this; 0: never
    EntryState state = EntryState::Expired;
    bool knowsDependencies = false; ///< their number is known
};

/// `since`: how long ago the page was taken.
EntryMoment momentOf(const EntryRow &row, const EntryContext &context, Millis since);
const Policy *policyOf(const EntryContext &context, std::string_view type);

QString levelText(LevelMark mark); ///< "present", "expired", …
QString stateText(EntryState state);
/// "04:51", "none", "expired, waiting for removal".
QString ttlText(const EntryMoment &moment);

} // namespace insitecache

Q_DECLARE_METATYPE(insitecache::EntryMoment)
