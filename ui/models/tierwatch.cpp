// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tierwatch.h"

namespace insitecache {

namespace {

constexpr Millis connectGrace{3000};

} // namespace

std::vector<TierWatch::Change> TierWatch::add(const Snapshot &snapshot)
{
    std::vector<Change> changes;
    for (int i = 0; i < tierCount; ++i) {
        const TierState &tier = snapshot.tiers[i];
        if (!tier.configured)
            continue;
        Known &known = m_known[i];
        const QString detail = QString::fromStdString(tier.usage.detail).simplified();
        if (tier.usage.up) {
            if (known.told)
                changes.push_back({Stage(i), true, snapshot.time - *known.downSince, detail});
            known = Known{.wasUp = true, .told = false, .downSince = {}};
            continue;
        }
        if (!known.downSince)
            known.downSince = snapshot.time;
        if (!known.told && (known.wasUp || snapshot.time - *known.downSince >= connectGrace)) {
            changes.push_back({Stage(i), false, Millis::zero(), detail});
            known.told = true;
        }
    }
    return changes;
}

} // namespace insitecache
