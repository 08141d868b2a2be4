// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "cache/cachecontext.h"
#include "cache/fillwalk.h"

namespace insitecache {

/// One walk of a batch of keys: L2 → L3 → source, each step with the keys that are still missing, so that a batch
/// costs one MGET, one SQL IN and one upstream call per source. Keys leave the walk as they are answered. Each tier
/// gives a ticket on the way down, also when it is not read, and takes it back on the way up (FillWalk).
///
/// The flights have already missed L1, or all bypass the tiers. Keeps itself alive until every flight is finished.
/// Cache thread only.
class ReadWalk : public std::enable_shared_from_this<ReadWalk> {
public:
    /// Called once per flight, when its answer is complete and where it can be found again.
    using Finished = std::function<void(const FlightPtr &)>;

    ReadWalk(CacheContext &context, std::vector<FlightPtr> flights, Finished finished);
    void start();

private:
    void askTier(Stage stage);
    void count(Stage stage, const FlightPtr &flight, Outcome outcome, Duration took) const;
    void takePending(Stage stage, const FlightPtr &flight);
    void leaveOut(Stage stage, const FlightPtr &flight);
    void claimTier(Stage stage, const std::vector<FlightPtr> &claiming);
    void peekTier(Stage stage, const std::vector<FlightPtr> &asked, const std::vector<CacheKey> &keys);
    void peeked(Stage stage, const FlightPtr &flight, const EntryPtr &entry);
    void next(Stage stage);
    void tierAnswered(Stage stage, const std::vector<FlightPtr> &asked, const std::vector<TierRead> &reads);
    void takeRead(Stage stage, const FlightPtr &flight, const TierRead &read);
    void askSources();
    void askSource(Source &source, std::vector<FlightPtr> flights);
    void sourceAnswered(const std::vector<FlightPtr> &asked, std::vector<Fetched> fetched);
    void takeFetched(const FlightPtr &flight, Fetched fetched);
    void withoutSource(const FlightPtr &flight);
    void failed(const FlightPtr &flight, Error error);
    void answer(const FlightPtr &flight, Stage stage, const EntryPtr &entry);
    void fillFrom(const FlightPtr &flight, Stage stage, const EntryPtr &entry);
    void startFills();
    Source *sourceFor(std::string_view type) const;

    CacheContext &m_context;
    std::vector<FlightPtr> m_open; ///< not answered yet
    std::vector<FillItem> m_fills; ///< answered in this step
    Finished m_finished;
};

} // namespace insitecache
