// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "cache/cachecontext.h"
#include "tiers/directreads.h"

namespace insitecache {

/// A lookup's short way: a copy in L2, read by the calling thread (DirectReads) and put into L1 by it. Whatever is not
/// a plain hit is left to a ReadWalk, and so is everything while a tier owes a removal, a write waits for L3 or a key
/// is paused; those are rare, and what is to be done then belongs to the cache thread.
///
/// It keeps the protocol of a ReadWalk that hits L2, with L1's ticket as its only state: the ticket is taken first.
/// Who removes or writes, here or in another process, comes to L1 after L2 and voids the ticket there; what a tier owes
/// from before is marked before L1 is told, so that whoever has a later ticket sees the mark.
///
/// Any thread.
class DirectWalk {
public:
    explicit DirectWalk(CacheContext &context) : m_context(context) {}

    /// How many of the keys were answered; the answers to the others stay untouched.
    std::size_t answer(std::span<const TieredCache::Asked> asked);

private:
    using PolicyPtr = std::shared_ptr<const Policy>;

    bool mayRead() const;
    bool promote(const CacheKey &key, const Policy &policy, const EntryPtr &entry, Lookup &out);
    FillOutcome fill(const EntryPtr &entry, const Policy &policy, std::vector<CacheKey> parents);
    void describe(const CacheKey &key, const EntryPtr &entry, Lookup &out) const;

    CacheContext &m_context;
    FillTicket m_ticket;
    SteadyTime m_started{}, m_asked{}, m_read{};
};

} // namespace insitecache
