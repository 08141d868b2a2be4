// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tierwatch.h"

namespace insitecache {

std::vector<TierWatch::Change> TierWatch::add(const Snapshot &snapshot)
{
    std::vector<Change> changes;
    for (int i = 0; i < tierCount; ++i) {
        const TierState &tier = snapshot.tiers[i];
        if (!tier.configured)
            continue;
        Known &known = m_known[i];
        const bool up = tier.usage.up;
        // Being up at first sight is no news; being down is.
        if (up != known.up || (!known.seen && !up)) {
            const Millis gone = up && known.downSince ? snapshot.time - *known.downSince : Millis::zero();
            changes.push_back({Stage(i), up, gone, QString::fromStdString(tier.usage.detail).simplified()});
            known.downSince = up ? std::nullopt : std::optional(snapshot.time);
        }
        known.seen = true;
        known.up = up;
    }
    return changes;
}

} // namespace insitecache
