// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include <insitecache/base/clock.h>
#include <insitecache/base/random.h>
#include <insitecache/monitor/snapshot.h>
#include <insitecache/monitor/workload.h>

class QTimer;

namespace insitecache {

class WorkloadKeys;
class ZipfSampler;

/// Asks for keys at a steady rate, whatever the answers do: an open loop, so a slow cache cannot slow its own
/// examiner down ("coordinated omission"). What is due follows from the time since the start, so late ticks are
/// made up for. A lookup that finds `maxInFlight` unanswered ones is dropped and counted; after a pause of more
/// than a second (a suspended machine) the rest of the backlog is dropped too, rather than sent as one burst.
///
/// Same spec, same ticks and same answers: same keys. Time comes from the clock alone; an own timer calls tick()
/// every 10 ms where an event loop runs.
/// Cache thread only. Answers that arrive after stop(), a restart or destruction are harmless.
class WorkloadDriver {
public:
    /// Looks `keys` up, then calls `done` once, on the cache thread, possibly before it returns.
    using Ask = std::function<void(std::vector<CacheKey> keys, std::function<void()> done)>;

    explicit WorkloadDriver(const Clock &clock);
    ~WorkloadDriver();

    /// Starts, or starts over with the new spec. Errors: as WorkloadSpec::validate().
    Status start(const WorkloadSpec &spec, Ask ask);
    void stop();
    /// The counts of the last run stay readable after stop(). `achievedRate` is over the last second.
    WorkloadState state() const;
    /// Sends what is due at `now`. Does nothing when not running.
    void tick(SteadyTime now);

private:
    struct Sent {
        SteadyTime time;
        std::uint64_t count;
    };
    std::uint64_t dueAt(SteadyTime now) const;
    void sendOne();
    CacheKey nextKey();
    void remember(SteadyTime now);

    const Clock &m_clock;
    WorkloadSpec m_spec;
    Ask m_ask;
    std::unique_ptr<WorkloadKeys> m_keys;
    std::unique_ptr<ZipfSampler> m_zipf;
    std::unique_ptr<Random> m_random;
    std::unique_ptr<QTimer> m_timer;
    std::shared_ptr<int> m_inFlight; ///< shared with the answers under way, which may outlive the run
    SteadyTime m_started{};
    std::uint64_t m_due = 0; ///< sent and dropped so far
    WorkloadState m_state;
    std::deque<Sent> m_lastSecond;
};

} // namespace insitecache
