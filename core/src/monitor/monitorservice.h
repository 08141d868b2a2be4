// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>

#include <QObject>
#include <QTimer>

#include <insitecache/cache/tieredcache.h>
#include <insitecache/coherence/subscription.h>

#include "monitor/dependencyreader.h"
#include "monitor/eventbook.h"
#include "monitor/sampler.h"
#include "monitor/workloaddriver.h"

namespace insitecache {

/// What the monitor and its service share: samples and events under a lock.
struct MonitorBoard {
    mutable std::mutex mutex;
    Sampler sampler;
    EventBook events;

    /// What this process did itself is told by who did it.
    void heard(const CacheEvent &event, SteadyTime now);
};

/// The monitor's part on the cache thread: takes a reading once a second and drives the workload.
/// A reading whose tiers are slow is simply late; a second one never starts before it.
class MonitorService : public QObject {
public:
    MonitorService(TieredCache &cache, std::shared_ptr<MonitorBoard> board);

    void startWorkload(const WorkloadSpec &spec);
    void stopWorkload();
    /// Not answered once the service is gone.
    void readDependencies(std::size_t limit, const DependencyReader::Done &done) { m_dependencies.read(limit, done); }
    const TieredCache &cache() const { return m_cache; }

private:
    void takeReading();
    void usageArrived(Stage stage, TierUsage usage);
    void publish();

    TieredCache &m_cache;
    std::shared_ptr<MonitorBoard> m_board;
    WorkloadDriver m_workload;
    DependencyReader m_dependencies;
    QTimer m_timer;
    Reading m_reading;
    int m_waiting = 0;
};

} // namespace insitecache
