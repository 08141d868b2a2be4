// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "cache/cachecontext.h"

namespace insitecache {

/// What one flight found, on its way up.
struct FillItem {
    FlightPtr flight;
    EntryPtr entry;
    Stage from = Stage::None; ///< every tier above this one is to get it
    std::vector<CacheKey> parents{};
    bool refused = false;
    SteadyTime until{}; ///< in the tier that is being filled: when its copy is past use
};

/// Which tiers above `from` this flight may fill: they exist, the policy wants them and they handed out a ticket.
bool mayFill(const CacheContext &context, const Flight &flight, Stage from, Stage stage);

/// Copies a batch of values upward, the deepest tier first: one transaction, one pipeline, then L1. A tier that
/// refuses a value ends its way, since the tiers above would keep what an invalidation was meant to remove; a tier
/// that cannot be reached is left out.
///
/// The flights land when their copies are where the next lookup finds them, but a slow tier keeps nobody waiting for
/// more than 50 ms; until the end they stay joinable. Keeps itself alive until it is done. Cache thread only.
class FillWalk : public std::enable_shared_from_this<FillWalk> {
public:
    /// Called once per flight, when it lands.
    using Land = std::function<void(const FlightPtr &)>;

    FillWalk(CacheContext &context, std::vector<FillItem> items, Land land) :
        m_context(context), m_items(std::move(items)), m_land(std::move(land))
    {}
    void start();

private:
    void fillTier(int tier);
    void filled(int tier, const std::vector<std::size_t> &places, const std::vector<FillOutcome> &outcomes);
    bool wantsTier(FillItem &item, Stage stage) const;
    void landAll();
    void finish();

    CacheContext &m_context;
    std::vector<FillItem> m_items;
    Land m_land;
    bool m_done = false;
};

} // namespace insitecache
