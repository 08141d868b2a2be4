// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/monitorservice.h"

#include <QPointer>

#include <insitecache/monitor/systemmemory.h>

#include "monitor/invalidationevent.h"

namespace insitecache {

namespace {
constexpr Millis readingEvery{1000};
} // namespace

void MonitorBoard::heard(const CacheEvent &event, SteadyTime now)
{
    const std::lock_guard lock(mutex);
    if (event.kind == CacheEvent::Kind::Missed)
        events.missedSome(event.time);
    else if (event.remote)
        events.heardElsewhere(now, event.time, event.scope.describe());
}

MonitorService::MonitorService(TieredCache &cache, std::shared_ptr<MonitorBoard> board) :
    m_cache(cache), m_board(std::move(board)), m_workload(cache.clock()), m_dependencies(cache)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { takeReading(); });
    m_timer.start(readingEvery);
    takeReading();
}

void MonitorService::startWorkload(const WorkloadSpec &spec)
{
    m_workload.start(spec, [this](std::vector<CacheKey> keys, std::function<void()> done) {
        m_cache.lookup(std::move(keys), {}, [done = std::move(done)](const auto &) { done(); });
    });
}

void MonitorService::stopWorkload()
{
    m_workload.stop();
}

void MonitorService::takeReading()
{
    if (m_waiting > 0)
        return;
    m_reading = {};
    m_waiting = 1;
    for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3}) {
        Tier *tier = m_cache.tier(stage);
        if (!tier)
            continue;
        m_reading.configured[static_cast<std::size_t>(stage)] = true;
        ++m_waiting;
        tier->usage([self = QPointer(this), stage](TierUsage usage) {
            if (self)
                self->usageArrived(stage, std::move(usage));
        });
    }
    if (--m_waiting == 0)
        publish();
}

void MonitorService::usageArrived(Stage stage, TierUsage usage)
{
    m_reading.usage[static_cast<std::size_t>(stage)] = std::move(usage);
    if (--m_waiting == 0)
        publish();
}

void MonitorService::publish()
{
    m_reading.time = m_cache.clock().wall();
    m_reading.steady = m_cache.clock().now();
    m_reading.totals = m_cache.metrics().totals();
    m_reading.policies = m_cache.policies().all();
    m_reading.workload = m_workload.state();
    m_reading.outbox = m_cache.outbox();
    m_reading.writeBehind = m_cache.writeBehind();
    m_reading.whatIf = m_cache.whatIf();
    m_reading.systemMemoryBytes = systemMemoryBytes();
    for (const auto &source : m_cache.sources()) {
        for (SourceStatus &status : source->status())
            m_reading.sources.push_back(std::move(status));
    }
    const std::lock_guard lock(m_board->mutex);
    m_board->sampler.add(m_reading);
    m_board->events.add(m_reading, m_board->sampler.snapshot(SeriesRange::Minute1));
    for (const CarriedOut &carriedOut : m_cache.takeCarriedOut())
        m_board->events.note(invalidationEvent(carriedOut));
}

} // namespace insitecache
