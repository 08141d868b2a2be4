// SPDX-License-Identifier: GPL-3.0-or-later
// What adaptive TTL changes, on a simulated clock: the figures are counted, not timed, and the same at every run.
#include <benchmark/benchmark.h>

#include <cmath>

#include "support/cacherig.h"

namespace insitecache::bench {

namespace {

using namespace std::chrono_literals;

constexpr int worldKeys = 60;
constexpr Duration worldLasts = std::chrono::hours(8);
constexpr Duration betweenReads = std::chrono::seconds(2);

/// Values that change as a Poisson process does: a third every minute on average, a third every ten, the rest every two
/// hours. The number of changes so far is the value.
class ChangingWorld {
public:
    ChangingWorld()
    {
        for (int key = 0; key < worldKeys; ++key)
            schedule(key, Duration::zero());
    }
    void goTo(Duration time)
    {
        for (int key = 0; key < worldKeys; ++key) {
            Thing &thing = m_things.at(std::size_t(key));
            while (thing.next <= time) {
                ++thing.version;
                schedule(key, thing.next);
            }
        }
    }
    std::string valueOf(int key) const { return std::to_string(m_things.at(std::size_t(key)).version); }
    static std::string nameOf(int key) { return "stock:K" + std::to_string(key); }

private:
    struct Thing {
        int version = 0;
        Duration next{};
    };
    void schedule(int key, Duration from)
    {
        constexpr double means[] = {60, 600, 7200};
        const double wait = -std::log(1 - m_random->unit()) * means[key % 3];
        m_things.at(std::size_t(key)).next
            = from + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(wait));
    }

    std::unique_ptr<Random> m_random = Random::seeded(11);
    std::array<Thing, worldKeys> m_things;
};

/// One key is read every two seconds, each equally often; `adaptive` 0: the given TTL for all.
void adaptiveTtl(benchmark::State &state)
{
    for (auto _ : state) {
        test::CacheRig rig;
        Policy policy = *rig.policies->policyFor("stock");
        policy.refreshAhead = 0;
        policy.adaptiveTtl = state.range(0) != 0;
        policy.ttl = std::chrono::seconds(state.range(1));
        policy.minTtl = 5s;
        if (!rig.policies->set(policy))
            return state.SkipWithError("no valid policy");
        ChangingWorld world;
        const auto readers = Random::seeded(12);
        int reads = 0, outdated = 0;
        for (Duration time{}; time < worldLasts; time += betweenReads) {
            world.goTo(time);
            const int key = static_cast<int>(readers->unit() * worldKeys);
            rig.source->answers.insert_or_assign(ChangingWorld::nameOf(key), world.valueOf(key));
            const Lookup answer = rig.get(ChangingWorld::nameOf(key).c_str());
            outdated += std::string(answer.entry->payload()) != world.valueOf(key);
            ++reads;
            rig.clock.advance(betweenReads);
        }
        state.counters["outdated_percent"] = 100.0 * outdated / reads;
        state.counters["upstream_calls"] = double(rig.source->calls.size());
        state.counters["reads"] = reads;
    }
}

} // namespace

BENCHMARK(adaptiveTtl)
    ->ArgNames({"adaptive", "ttl"})
    ->Args({0, 30})
    ->Args({0, 60})
    ->Args({0, 300})
    ->Args({0, 600})
    ->Args({1, 300})
    ->Iterations(1);

} // namespace insitecache::bench
