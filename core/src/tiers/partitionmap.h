// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// A partition of L1: 0 is the common one of all types that are guaranteed nothing, any other belongs to one type.
using PartitionId = unsigned;
inline constexpr PartitionId commonPartition = 0;
inline constexpr std::size_t partitionCount = mostGuaranteedTypes + 1;

/// Which types have a partition of their own, and what each is guaranteed.
/// A value; immutable once shared. Standard C++ only.
class PartitionMap {
public:
    struct Own {
        std::string type;
        std::uint64_t bytes = 0;
        PartitionId id = commonPartition;
    };

    /// These types instead, the guaranteed ones among them that is; who has a partition already keeps it. Beyond
    /// mostGuaranteedTypes the rest stays in the common one.
    PartitionMap changedTo(const std::vector<TypeGuarantee> &guarantees) const;

    /// Does every key have the same partition there?
    bool dividesAs(const PartitionMap &other) const;
    PartitionId of(std::string_view keyText) const;
    /// In the order of the types.
    const std::vector<Own> &own() const { return m_own; }

private:
    const Own *find(std::string_view type) const;
    PartitionId freeId() const;

    std::vector<Own> m_own;
};

} // namespace insitecache
