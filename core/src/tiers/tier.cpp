// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/tiers/tier.h>

namespace insitecache {

std::string_view stageName(Stage stage)
{
    switch (stage) {
    case Stage::L1: return "L1";
    case Stage::L2: return "L2";
    case Stage::L3: return "L3";
    case Stage::Source: return "source";
    case Stage::None: break;
    }
    return "none";
}

std::string_view outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Hit: return "hit";
    case Outcome::Miss: return "miss";
    case Outcome::Stale: return "stale";
    case Outcome::Negative: return "negative";
    case Outcome::Corrupt: return "corrupt";
    case Outcome::Bypass: return "bypass";
    case Outcome::Skipped: return "skipped";
    case Outcome::Timeout: return "timeout";
    case Outcome::Open: return "open";
    case Outcome::Error: break;
    }
    return "error";
}

Outcome outcomeOf(const Entry &entry, SteadyTime now)
{
    if (!entry.isFresh(now))
        return Outcome::Stale;
    return entry.negative() ? Outcome::Negative : Outcome::Hit;
}

std::string_view missReasonName(MissReason reason)
{
    switch (reason) {
    case MissReason::Cold: return "cold";
    case MissReason::Expired: return "expired";
    case MissReason::Evicted: return "evicted";
    case MissReason::Invalidated: return "invalidated";
    case MissReason::Negative: return "negative";
    case MissReason::Corrupt: return "corrupt";
    case MissReason::Down: break;
    }
    return "down";
}

} // namespace insitecache
