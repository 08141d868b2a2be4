// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "cache/cachecontext.h"

namespace insitecache {

/// One write. Through: the deepest tier first, then upward, so that no tier is ahead of the one that keeps the
/// truth. Around: the deepest tier only, and the copies above it go.
///
/// Every tier voids the tickets of lookups that run meanwhile. The tiers above the deepest one are claimed before
/// anything is written: of two writers whose order differs between tiers, the overtaken one removes its copy instead
/// of leaving it. Before that the outbox has it in writing that the copies above are outdated, and a tier that was not
/// updated owes the removal of its copy.
///
/// Behind, it is two walks: the tiers above at once, and all of them late. The late one leaves what is newer in L3, and
/// removes the copies above it then.
/// Keeps itself alive until it has answered. Cache thread only.
class WriteWalk : public std::enable_shared_from_this<WriteWalk> {
public:
    enum class Part {
        All,
        Above, ///< the tiers above L3; one that fails owes its copy
        Late,  ///< all; done() tells whether L3 has it, or something newer
    };
    WriteWalk(CacheContext &context, EntryPtr entry, Part part, TieredCache::Callback<Status> done);
    void start();

private:
    Status canStart() const;
    void intend();
    void claim(int tier);
    void writeTier(int tier);
    void tierWritten(int tier, const Status &status);
    void lookBack();
    void upperFailed(Stage stage, const Error &error);
    void finish(Status status);

    CacheContext &m_context;
    EntryPtr m_entry;
    CacheKey m_key;
    Part m_part;
    std::shared_ptr<const Policy> m_policy;
    int m_deepest = -1;
    Outbox::Id m_intent = 0;
    bool m_cancelled = false; ///< the process ends: what was intended stays written down
    bool m_overtaken = false; ///< L3 keeps something newer
    FillTicket m_tickets[tierCount];
    bool m_isStored = false;
    Status m_status;
    TieredCache::Callback<Status> m_done;
};

} // namespace insitecache
