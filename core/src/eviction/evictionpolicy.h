// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace insitecache {

/// Names an entry that L1 keeps; 0 is none.
using NodeId = std::uint32_t;

/// Decides which entry of a part of L1 goes when there is no room. It is told of entries by their ids, links them into
/// lists of its own and says whose turn it is; it neither stores values nor knows budgets, keys or deadlines.
///
/// Every entry is in the policy from insert() until evict() returns it or remove() takes it out.
///
/// Threads: whoever holds the lock of the part it belongs to. Standard C++ only.
class EvictionPolicy {
public:
    virtual ~EvictionPolicy() = default;

    /// Does the order depend on each single hit? Then hit() is to be called for every one. Otherwise a hit only counts
    /// in the entry itself, without the lock, and the policy looks when it next comes by.
    virtual bool needsEveryHit() const { return false; }
    virtual void hit(NodeId) {}
    /// A miss that was filled, or a value that replaces one that was removed just before.
    virtual void insert(NodeId entry) = 0;
    /// There was room for the last insert(): nothing needs to compete for its place.
    virtual void settle() {}
    /// Takes out the one whose turn it is; 0 when there is none.
    virtual NodeId evict() = 0;
    /// It leaves for another reason: removed, replaced, expired.
    virtual void remove(NodeId entry) = 0;
    /// The memory it has taken for what it remembers of keys. Only insert() and evict() change it.
    virtual std::size_t overheadBytes() const { return 0; }
};

} // namespace insitecache
