// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/cache/lookup.h>

namespace insitecache {

namespace {

long long wholeSeconds(Duration d)
{
    return std::chrono::duration_cast<std::chrono::seconds>(d).count();
}

/// RFC 9211 §2.2: why the request went on.
std::string_view forwardReason(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Stale: return "stale";
    case Outcome::Bypass: return "bypass";
    default: return "miss";
    }
}

} // namespace

std::string Lookup::cacheStatus() const
{
    std::string status;
    for (int i = stepCount; i-- > 0;) {
        const LookupStep &step = steps[static_cast<std::size_t>(i)];
        if (step.stage == Stage::Source || step.outcome == Outcome::Skipped)
            continue;
        status += (status.empty() ? "" : ", ") + std::string(stageName(step.stage));
        if (step.stage == answeredBy) {
            status += "; hit; ttl=" + std::to_string(wholeSeconds(ttl));
            continue;
        }
        status += "; fwd=" + std::string(forwardReason(step.outcome));
        if (step.error)
            status += "; detail=" + std::string(errorCodeName(step.error->code));
        if (stored[static_cast<int>(step.stage)])
            status += "; stored";
        if (collapsed && step.stage == Stage::L1)
            status += "; collapsed";
    }
    return status;
}

} // namespace insitecache
