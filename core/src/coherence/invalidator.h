// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "coherence/blastradius.h"

namespace insitecache {

void previewInvalidation(
    CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationPreview> done);

/// One invalidation: look what is there, then L3 → L2 → L1, then look again. From the deepest tier up, since the
/// other way round a reader would refill the upper tier from the lower one in between. Each tier voids the tickets of
/// matching keys, so loads that run meanwhile store nothing. Before the first tier is touched the outbox has it in
/// writing, and a tier that fails owes it from then on.
///
/// With dependents, the roots go from L3 first and the dependencies are followed after that: a value that is loaded
/// from a root now either finds the root gone, or its edge is there to be followed, or its fill is refused.
///
/// When it is to be undoable, the copies are looked at before anything goes and kept as an UndoRecord.
/// Keeps itself alive until it has answered. Cache thread only.
class Invalidator : public std::enable_shared_from_this<Invalidator> {
public:
    Invalidator(CacheContext &context, const Invalidation &what, TieredCache::Callback<InvalidationResult> done);
    void start();

private:
    void looked(const std::shared_ptr<const RadiusContents> &before);
    void keep(int place, std::function<void()> next);
    void takeTickets(Stage stage, std::function<void()> next);
    void intend();
    void follow();
    void followed(const BlastRadiusPtr &radius);
    void removeAt(int place);
    void removeFrom(Stage stage, const KeySteps &which, std::function<void()> next);
    void removeStep(Stage stage, const Selector &step, KeySteps::Next next);
    void verify();
    void verified(const RadiusContents &after);
    void leaveBehind();
    void failed(Stage stage, const Error &error);
    void tell() const;

    CacheContext &m_context;
    Invalidation m_what;
    BlastRadiusPtr m_radius;
    Outbox::Id m_intent = 0;
    bool m_cancelled = false; ///< the process ends: what was intended stays written down
    std::shared_ptr<const RadiusContents> m_before;
    UndoRecordPtr m_undo; ///< null: cannot be undone
    InvalidationResult m_result;
    TieredCache::Callback<InvalidationResult> m_done;
};

} // namespace insitecache
