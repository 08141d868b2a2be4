// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchrun.h"

#include <future>
#include <memory>

#include <QTimer>

namespace insitecache {

namespace {

constexpr std::size_t benchPutBatch = 256;
constexpr int benchUsageTries = 12;
constexpr Millis benchUsagePause{500};

/// Fills one tier and then reads it with a number of clients, each of which asks again when it is answered. Lives on
/// the cache thread; every next step is posted, so that a tier that answers at once does not grow the stack.
class TierBench : public std::enable_shared_from_this<TierBench> {
public:
    TierBench(Engine &engine, Stage stage, const BenchKeys &keys, const BenchOptions &options) :
        m_engine(engine), m_stage(stage), m_keys(keys), m_options(options), m_sequence(keys.sequence(0))
    {}

    Result<BenchReport> run()
    {
        auto future = m_done.get_future();
        m_engine.post([self = shared_from_this()](TieredCache &cache) { self->start(cache); });
        return future.get();
    }

private:
    void start(TieredCache &cache)
    {
        m_tier = cache.tier(m_stage);
        m_tier->usage([self = shared_from_this()](const TierUsage &usage) {
            self->m_before = usage;
            self->fill(0);
        });
    }

    void fill(std::size_t from)
    {
        const std::size_t end = std::min(m_keys.all().size(), from + benchPutBatch);
        std::vector<EntryPtr> batch;
        for (std::size_t i = from; i < end; ++i)
            batch.push_back(entryOf(i));
        if (batch.empty())
            return read();
        m_tier->put(writesOf(batch), [self = shared_from_this(), end](const Status &status) {
            if (!status)
                return self->m_done.set_value(tl::unexpected(status.error()));
            self->m_engine.post([self, end](TieredCache &) { self->fill(end); });
        });
    }

    EntryPtr entryOf(std::size_t place) const
    {
        EntryFields entry;
        entry.key = m_keys.all()[place];
        entry.payload = m_keys.payload(static_cast<std::uint32_t>(place));
        entry.origin = "bench";
        entry.created = Clock::system().wall();
        entry.ttl = std::chrono::hours(24);
        entry.freshUntil = entry.refreshAt = Clock::system().now() + entry.ttl;
        entry.version = 1;
        return Entry::make(entry);
    }

    void read()
    {
        m_started = Clock::system().now();
        m_deadline = m_started + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(m_options.seconds));
        m_clients = m_options.threads;
        for (int i = 0; i < m_options.threads; ++i)
            ask();
    }

    void ask()
    {
        const SteadyTime asked = Clock::system().now();
        if (asked >= m_deadline || m_failure)
            return clientDone();
        const CacheKey &key = m_keys.all()[m_sequence[m_next++ % m_sequence.size()]];
        m_tier->get({key}, [self = shared_from_this(), asked](const std::vector<TierRead> &reads) {
            self->m_latency.record(Clock::system().now() - asked);
            self->answered(reads.front());
        });
    }

    void answered(const TierRead &read)
    {
        ++m_report.operations;
        m_report.hits += read.outcome == Outcome::Hit;
        if (read.error)
            m_failure = read.error;
        m_engine.post([self = shared_from_this()](TieredCache &) { self->ask(); });
    }

    void clientDone()
    {
        if (--m_clients > 0)
            return;
        m_report.seconds = std::chrono::duration<double>(Clock::system().now() - m_started).count();
        lookAgain(benchUsageTries);
    }

    // Tiers keep what they say of themselves for some seconds.
    void lookAgain(int tries)
    {
        m_tier->usage([self = shared_from_this(), tries](const TierUsage &usage) {
            if (tries == 0 || self->m_failure || usage.entries > self->m_before.entries)
                return self->finish(usage);
            QTimer::singleShot(benchUsagePause, [self, tries] { self->lookAgain(tries - 1); });
        });
    }

    void finish(const TierUsage &after)
    {
        if (m_failure)
            return m_done.set_value(tl::unexpected(*m_failure));
        m_report.latency = m_latency.counts();
        m_report.answeredBy[static_cast<std::size_t>(m_stage)] = m_report.hits;
        if (after.bytes > m_before.bytes && after.entries > m_before.entries)
            m_report.bytesPerEntry = static_cast<double>(after.bytes - m_before.bytes)
                / static_cast<double>(after.entries - m_before.entries);
        m_done.set_value(m_report);
    }

    Engine &m_engine;
    Stage m_stage;
    const BenchKeys &m_keys;
    const BenchOptions &m_options;
    std::vector<std::uint32_t> m_sequence;
    Tier *m_tier = nullptr;
    TierUsage m_before;
    SteadyTime m_started, m_deadline;
    int m_clients = 0;
    std::size_t m_next = 0;
    std::optional<Error> m_failure;
    Histogram m_latency;
    BenchReport m_report;
    std::promise<Result<BenchReport>> m_done;
};

} // namespace

Result<BenchReport> benchTier(Engine &engine, Stage stage, const BenchKeys &keys, const BenchOptions &options)
{
    return std::make_shared<TierBench>(engine, stage, keys, options)->run();
}

} // namespace insitecache
