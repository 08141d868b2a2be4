// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/partitionmap.h"

#include <algorithm>

namespace insitecache {

PartitionMap PartitionMap::changedTo(const std::vector<TypeGuarantee> &guarantees) const
{
    PartitionMap changed;
    for (const TypeGuarantee &wanted : guarantees) {
        const Own *known = wanted.bytes > 0 ? find(wanted.type) : nullptr;
        if (known)
            changed.m_own.push_back({wanted.type, wanted.bytes, known->id});
    }
    for (const TypeGuarantee &wanted : guarantees) {
        if (wanted.bytes > 0 && !find(wanted.type) && changed.m_own.size() < mostGuaranteedTypes)
            changed.m_own.push_back({wanted.type, wanted.bytes, changed.freeId()});
    }
    std::sort(changed.m_own.begin(), changed.m_own.end(), [](const Own &a, const Own &b) { return a.type < b.type; });
    return changed;
}

PartitionId PartitionMap::freeId() const
{
    PartitionId id = commonPartition + 1;
    while (std::any_of(m_own.begin(), m_own.end(), [id](const Own &own) { return own.id == id; }))
        ++id;
    return id;
}

const PartitionMap::Own *PartitionMap::find(std::string_view type) const
{
    const auto at = std::lower_bound(
        m_own.begin(), m_own.end(), type, [](const Own &own, std::string_view wanted) { return own.type < wanted; });
    return at != m_own.end() && at->type == type ? &*at : nullptr;
}

bool PartitionMap::dividesAs(const PartitionMap &other) const
{
    return std::equal(m_own.begin(), m_own.end(), other.m_own.begin(), other.m_own.end(),
        [](const Own &a, const Own &b) { return a.type == b.type && a.id == b.id; });
}

PartitionId PartitionMap::of(std::string_view keyText) const
{
    if (m_own.empty())
        return commonPartition;
    const Own *own = find(keyText.substr(0, keyText.find(':')));
    return own ? own->id : commonPartition;
}

} // namespace insitecache
