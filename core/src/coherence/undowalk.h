// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "cache/cachecontext.h"

namespace insitecache {

/// Puts back what an invalidation took, from the deepest tier up, as loads do; the difference is that everything else
/// wins. A key is left alone when it was changed since, when a flight for it is under way, when any tier holds a value
/// created later, or when L2 has a copy again or gives its lease to somebody else. What happens after these looks is
/// fenced where the copies are stored: by the tickets, and by Fill::unlessNewer.
///
/// Other processes need not be told: they hold nothing of these keys but what they loaded since, which wins.
/// Keeps itself alive until it has answered. Cache thread only.
class UndoWalk : public std::enable_shared_from_this<UndoWalk> {
public:
    UndoWalk(CacheContext &context, UndoRecordPtr record, TieredCache::Callback<Result<UndoResult>> done);
    void start();

private:
    enum class Fate { Open, Newer, Expired };
    struct Item {
        CacheKey key;
        UndoKey &kept; ///< in the record, where later changes are marked
        EntryPtr newest;
        std::vector<CacheKey> parents{};
        Fate fate = Fate::Open;
        bool stored = false;
    };

    void decide(Item &item) const;
    bool isAt(const Item &item, Stage stage) const;
    void look(int tier);
    void lookedAt(const std::vector<std::size_t> &places, const std::vector<EntryPtr> &there);
    void askLeases();
    void leased(const std::vector<std::size_t> &places, const std::vector<TierRead> &reads);
    void fillTier(int tier);
    void filled(int tier, const std::vector<std::size_t> &places, const std::vector<FillOutcome> &outcomes);
    void failed(Stage stage, Error error);
    void finish();

    CacheContext &m_context;
    UndoRecordPtr m_record;
    TieredCache::Callback<Result<UndoResult>> m_done;
    std::vector<Item> m_items;
    UndoResult m_result;
};

} // namespace insitecache
