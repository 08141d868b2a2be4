// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/workloaddriver.h"

#include <QTimer>

#include <algorithm>
#include <cmath>

#include "monitor/workloadkeys.h"
#include "monitor/zipfsampler.h"

namespace insitecache {

namespace {
constexpr Millis workloadTick{10};
constexpr Duration workloadWindow = std::chrono::seconds(1);

double workloadSeconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}
} // namespace

WorkloadDriver::WorkloadDriver(const Clock &clock) : m_clock(clock) {}

WorkloadDriver::~WorkloadDriver() = default;

Status WorkloadDriver::start(const WorkloadSpec &spec, Ask ask)
{
    if (Status ok = spec.validate(); !ok)
        return ok;
    stop();
    m_spec = spec;
    m_ask = std::move(ask);
    if (!m_keys)
        m_keys = std::make_unique<WorkloadKeys>(listedSymbols());
    m_zipf = std::make_unique<ZipfSampler>(static_cast<std::uint64_t>(spec.keys), spec.zipf);
    m_random = Random::seeded(spec.seed);
    m_inFlight = std::make_shared<int>(0);
    m_started = m_clock.now();
    m_due = 0;
    m_state = {.running = true, .askedRate = spec.rate};
    m_lastSecond = {{m_started, 0}};
    m_timer = std::make_unique<QTimer>();
    m_timer->setTimerType(Qt::PreciseTimer);
    QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { tick(m_clock.now()); });
    m_timer->start(workloadTick);
    return {};
}

void WorkloadDriver::stop()
{
    // stop() may be called from within an answer, that is from within the timer's own signal.
    if (m_timer) {
        m_timer->stop();
        m_timer.release()->deleteLater();
    }
    m_state.running = false;
    m_state.achievedRate = 0;
}

WorkloadState WorkloadDriver::state() const
{
    return m_state;
}

std::uint64_t WorkloadDriver::dueAt(SteadyTime now) const
{
    const Duration elapsed = std::max(Duration::zero(), now - m_started);
    return static_cast<std::uint64_t>(std::floor(workloadSeconds(elapsed) * m_spec.rate));
}

void WorkloadDriver::tick(SteadyTime now)
{
    if (!m_state.running)
        return;
    const std::uint64_t due = std::max(dueAt(now), m_due);
    const auto burst = static_cast<std::uint64_t>(std::ceil(m_spec.rate * workloadSeconds(workloadWindow)));
    if (due - m_due > burst) {
        m_state.dropped += due - m_due - burst;
        m_due = due - burst;
    }
    // An answer may stop or restart the run, hence the look at both at every step.
    const auto run = m_inFlight;
    while (m_state.running && run == m_inFlight && m_due < due)
        sendOne();
    if (m_state.running && run == m_inFlight)
        remember(now);
}

void WorkloadDriver::sendOne()
{
    ++m_due;
    // Drawn also when dropped: the n-th lookup is the same key however fast the answers come.
    CacheKey key = nextKey();
    if (*m_inFlight >= m_spec.maxInFlight) {
        ++m_state.dropped;
        return;
    }
    ++m_state.sent;
    ++*m_inFlight;
    const Ask ask = m_ask;
    ask({std::move(key)}, [inFlight = m_inFlight] { --*inFlight; });
}

CacheKey WorkloadDriver::nextKey()
{
    const WorkloadSpec &mix = m_spec;
    double part = m_random->unit() * (mix.stock + mix.search + mix.sentiment + mix.trending + mix.user);
    const std::uint64_t rank = m_zipf->next(*m_random);
    if ((part -= mix.stock) < 0)
        return m_keys->stock(rank);
    if ((part -= mix.search) < 0)
        return m_keys->search(rank);
    if ((part -= mix.sentiment) < 0)
        return m_keys->sentiment(rank);
    if ((part -= mix.trending) < 0)
        return WorkloadKeys::trending(rank);
    return WorkloadKeys::user(rank);
}

void WorkloadDriver::remember(SteadyTime now)
{
    m_lastSecond.push_back({now, m_state.sent});
    // The last one that is at least a second old stays: the window is never shorter than a second once it can be.
    while (m_lastSecond.size() > 2 && m_lastSecond[1].time <= now - workloadWindow)
        m_lastSecond.pop_front();
    const double seconds = workloadSeconds(now - m_lastSecond.front().time);
    if (seconds > 0)
        m_state.achievedRate = static_cast<double>(m_state.sent - m_lastSecond.front().count) / seconds;
}

} // namespace insitecache
