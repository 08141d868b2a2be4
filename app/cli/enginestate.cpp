// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/enginestate.h"

#include <future>

namespace insitecache {

namespace {

std::vector<SourceStatus> sourcesOf(TieredCache &cache)
{
    std::vector<SourceStatus> all;
    for (const auto &source : cache.sources()) {
        const std::vector<SourceStatus> some = source->status();
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

} // namespace

EngineState EngineState::of(Engine &engine)
{
    // Shared with the callbacks: one that comes after a shutdown must still find its place.
    struct Collecting {
        EngineState state;
        int left = tierCount;
        std::promise<EngineState> done;
        void arrived()
        {
            if (--left == 0)
                done.set_value(std::move(state));
        }
    };
    auto collecting = std::make_shared<Collecting>();
    auto future = collecting->done.get_future();
    engine.post([collecting](TieredCache &cache) {
        collecting->state.sources = sourcesOf(cache);
        collecting->state.outbox = cache.outbox();
        collecting->state.writeBehind = cache.writeBehind();
        collecting->state.whatIf = cache.whatIf();
        for (int i = 0; i < tierCount; ++i) {
            Tier *tier = cache.tier(static_cast<Stage>(i));
            if (!tier) {
                collecting->arrived();
                continue;
            }
            const SteadyTime asked = cache.clock().now();
            tier->usage([collecting, i, asked, &cache](TierUsage usage) {
                collecting->state.tiers[i] = std::move(usage);
                collecting->state.answeredIn[i] = cache.clock().now() - asked;
                collecting->arrived();
            });
        }
    });
    return future.get();
}

} // namespace insitecache
