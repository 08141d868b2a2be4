// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <future>
#include <mutex>
#include <thread>

#include <QTimer>

#include <poll.h>
#include <sys/prctl.h>

#include <insitecache/base/random.h>
#include <insitecache/cache/engine.h>

#include "cli/verifyhistory.h"
#include "cli/verifyplan.h"
#include "cli/verifyregister.h"

namespace insitecache {

namespace {

using Kind = VerifyRecord::Kind;

constexpr int invalidationsInFlight = 32;
constexpr std::size_t lookupsPerInvalidation = 8;
constexpr std::size_t permitsAtMost = 1024;
constexpr int readsInFlight = 48;
constexpr double batchShare = 0.1;
constexpr std::size_t keysOfBatch = 8;
constexpr std::size_t hotKeys = 32;
constexpr double hotShare = 0.5;
constexpr double patternShare = 0.03, dependentShare = 0.03;
constexpr int pauseAfterFailure = 10; ///< milliseconds
constexpr int stepTime = 1;           ///< milliseconds: what happens in a shared register wakes nobody

std::int64_t monotonicNow()
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Gives every key the version that is the truth at the moment of asking.
class VerifySource final : public Source {
public:
    explicit VerifySource(const VerifyRegister::Shared &shared) : m_shared(shared) {}

    bool serves(std::string_view type) const override { return type == VerifyRegister::type; }
    void fetch(std::vector<CacheKey> keys, Done done) override
    {
        std::vector<Fetched> fetched;
        for (CacheKey &key : keys) {
            const std::size_t number = VerifyRegister::numberOf(key);
            fetched.push_back({key, VerifyRegister::payloadOf(number, m_shared.versions[number]), "verify"});
        }
        done(std::move(fetched));
    }
    std::vector<SourceStatus> status() const override { return {}; }
    void close() override {}

private:
    const VerifyRegister::Shared &m_shared;
};

/// One process of a run: changes the truth and invalidates on the cache thread, several at a time, and reads on two
/// threads of its own, on one so many for each invalidation, on the other one after the other. All at random, but the
/// same for the same seed.
class VerifyWorker {
public:
    VerifyWorker(const VerifyPlan &plan, int process) :
        m_plan(plan), m_process(process),
        m_changing(Random::seeded(plan.seed * 64 + static_cast<unsigned>(process) * 2)),
        m_reading(Random::seeded(plan.seed * 64 + static_cast<unsigned>(process) * 2 + 1)),
        m_waitingReading(Random::seeded(~(plan.seed * 64 + static_cast<unsigned>(process))))
    {}

    Status run()
    {
        if (Status ok = start(); !ok)
            return ok;
        mine().state = VerifyRegister::State::Ready;
        waitWhile(VerifyRegister::Phase::Prepare);
        m_engine->post([this](TieredCache &cache) {
            for (int i = 0; i < invalidationsInFlight; ++i)
                invalidateNext(cache);
        });
        std::thread waiting([this] { readWaiting(); });
        while (isRunning())
            readSome();
        waiting.join();
        waitUntilQuiet();
        if (!m_log->finish())
            return fail(ErrorCode::Io, "the history of process " + std::to_string(m_process) + " is not complete",
                "is there room in the directory for temporary files?");
        mine().state = VerifyRegister::State::Quiet;
        answerInspections();
        if (m_process == 0)
            tidyUp();
        return {};
    }

private:
    VerifyRegister::Shared &shared() const { return m_register->shared(); }
    VerifyRegister::Process &mine() const { return shared().processes[m_process]; }
    bool isRunning() const { return shared().phase == VerifyRegister::Phase::Run; }
    void waitWhile(VerifyRegister::Phase phase) const
    {
        while (shared().phase == phase)
            ::poll(nullptr, 0, stepTime);
    }

    Status start()
    {
        auto opened = VerifyRegister::open(m_plan.registerPath());
        if (!opened)
            return tl::unexpected(opened.error());
        m_register = std::move(*opened);
        auto log = VerifyLog::open(m_plan.historyPath(m_process));
        if (!log)
            return tl::unexpected(log.error());
        m_log = std::move(*log);
        EngineOptions options;
        options.redis = m_plan.redis;
        options.database = m_plan.database;
        options.sources.push_back(
            [this]() -> Result<std::unique_ptr<Source>> { return std::make_unique<VerifySource>(shared()); });
        Policy policy;
        policy.type = VerifyRegister::type;
        policy.ttl = std::chrono::hours(24);
        options.policies = {policy};
        auto engine = Engine::start(std::move(options));
        if (!engine)
            return tl::unexpected(engine.error());
        m_engine = std::move(*engine);
        m_engine->waitForTiers(Millis(2000));
        return m_process == 0 ? declareEdges() : Status();
    }

    /// In each group the second key falls with the first, and the third with the second.
    template <class Work>
    static void forEachEdge(Work work)
    {
        for (std::size_t group = 0; group < VerifyRegister::groups; ++group) {
            const std::size_t root = group * VerifyRegister::keysOfGroup;
            for (const std::size_t parent : {root, root + 1})
                work(Edge{VerifyRegister::keyOf(parent), VerifyRegister::keyOf(parent + 1)});
        }
    }
    Status declareEdges()
    {
        Status ok;
        forEachEdge([&](const Edge &edge) {
            if (ok)
                ok = m_engine->declare(edge).result();
        });
        return ok;
    }

    // A server that was named goes on living: nothing of the run stays there.
    void tidyUp()
    {
        forEachEdge([this](const Edge &edge) { m_engine->undeclare(edge).waitForFinished(); });
        m_engine->invalidate({Selector::all(), {true, true, true}, false, "verify is over"}).waitForFinished();
    }

    struct Change {
        Invalidation what;
        std::vector<std::size_t> keys;
    };
    Change nextChange()
    {
        const double kind = m_changing->unit();
        const std::size_t key = anyKey(*m_changing);
        const std::size_t root = key - key % VerifyRegister::keysOfGroup;
        Change change;
        if (kind < patternShare) {
            for (std::size_t i = 0; i < VerifyRegister::keysOfGroup; ++i)
                change.keys.push_back(root + i);
            const std::string group = std::to_string(root / VerifyRegister::keysOfGroup);
            change.what.which = Selector::pattern(Glob::compile("verify:g" + group + "k*").value());
        } else if (kind < patternShare + dependentShare && m_plan.database) {
            change.keys = {root, root + 1, root + 2};
            change.what.which = Selector::keys({VerifyRegister::keyOf(root)});
            change.what.dependents = true;
        } else {
            change.keys = {key};
            change.what.which = Selector::keys({VerifyRegister::keyOf(key)});
        }
        return change;
    }

    // Cache thread.
    void invalidateNext(TieredCache &cache)
    {
        const Change change = nextChange();
        std::vector<VerifyRecord> records;
        for (const std::size_t key : change.keys) {
            const std::int64_t start = monotonicNow();
            const std::uint32_t version = shared().versions[key].fetch_add(1) + 1;
            records.push_back({start, 0, version, static_cast<std::uint16_t>(key), Kind::Change, true});
        }
        m_log->append(records.data(), records.size());
        ++m_inFlight;
        cache.invalidate(change.what, [this, &cache, records](const InvalidationResult &result) {
            const bool acknowledged = result.partial.empty();
            invalidated(records, acknowledged);
            QTimer::singleShot(acknowledged ? 0 : pauseAfterFailure, [this, &cache] { invalidatedOne(cache); });
        });
    }

    // In a turn of its own: where no tier can be reached, the answer comes before the question returns.
    void invalidatedOne(TieredCache &cache)
    {
        if (isRunning())
            invalidateNext(cache);
        --m_inFlight;
    }

    void invalidated(std::vector<VerifyRecord> records, bool acknowledged)
    {
        const std::int64_t end = monotonicNow();
        for (VerifyRecord &record : records) {
            record.end = end;
            record.kind = Kind::Invalidation;
            record.good = acknowledged;
        }
        m_log->append(records.data(), records.size());
        ++(acknowledged ? mine().invalidations : mine().partial);
        const std::lock_guard lock(m_mutex);
        m_permits = std::min(m_permits + lookupsPerInvalidation, permitsAtMost);
        m_permitted.notify_one();
    }

    bool waitForPermit()
    {
        std::unique_lock lock(m_mutex);
        const auto permitted = [this] { return m_permits > 0 && m_readsInFlight < readsInFlight; };
        if (!m_permitted.wait_for(lock, std::chrono::milliseconds(20), permitted))
            return false;
        --m_permits;
        ++m_readsInFlight;
        return true;
    }

    /// Most of what is read and changed are few keys, since races need company.
    static std::size_t anyKey(Random &random)
    {
        return random.bits() % (random.unit() < hotShare ? hotKeys : VerifyRegister::keyCount);
    }

    void readSome()
    {
        if (!waitForPermit())
            return;
        std::vector<CacheKey> keys;
        const std::size_t count = m_reading->unit() < batchShare ? keysOfBatch : 1;
        for (std::size_t i = 0; i < count; ++i)
            keys.push_back(VerifyRegister::keyOf(anyKey(*m_reading)));
        const std::int64_t start = monotonicNow();
        m_engine->lookup(std::move(keys)).then([this, start](const std::vector<Lookup> &lookups) {
            wasRead(start, lookups);
        });
    }

    /// A thread that waits reads Redis itself.
    void readWaiting()
    {
        while (isRunning()) {
            const CacheKey key = VerifyRegister::keyOf(anyKey(*m_waitingReading));
            const std::int64_t start = monotonicNow();
            log(start, {m_engine->lookupBlocking(key)});
            ::poll(nullptr, 0, stepTime);
        }
    }

    // The reader's thread where everything was in L1, the cache thread otherwise.
    void wasRead(std::int64_t start, const std::vector<Lookup> &lookups)
    {
        log(start, lookups);
        const std::lock_guard lock(m_mutex);
        --m_readsInFlight;
        m_permitted.notify_one();
    }

    void log(std::int64_t start, const std::vector<Lookup> &lookups)
    {
        const std::int64_t end = monotonicNow();
        std::vector<VerifyRecord> records;
        for (const Lookup &lookup : lookups) {
            if (!lookup.hasValue())
                continue;
            const std::size_t number = VerifyRegister::numberOf(lookup.key);
            const auto version = VerifyRegister::versionOf(number, lookup.entry->payload());
            records.push_back(
                {start, end, version.value_or(0), static_cast<std::uint16_t>(number), Kind::Read, version.has_value()});
        }
        mine().reads += records.size();
        mine().unanswered += lookups.size() - records.size();
        m_log->append(records.data(), records.size());
    }

    bool isQuiet()
    {
        const std::lock_guard lock(m_mutex);
        return m_inFlight == 0 && m_readsInFlight == 0;
    }

    void waitUntilQuiet()
    {
        while (!isQuiet())
            ::poll(nullptr, 0, stepTime);
    }

    void answerInspections()
    {
        std::uint32_t answered = 0;
        while (shared().phase != VerifyRegister::Phase::End) {
            const std::uint32_t round = shared().round;
            if (shared().phase == VerifyRegister::Phase::Inspect && round != answered) {
                for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3})
                    inspect(stage);
                answered = round;
                mine().inspected = round;
            }
            ::poll(nullptr, 0, stepTime);
        }
    }

    void inspect(Stage stage)
    {
        std::vector<CacheKey> keys;
        for (std::size_t i = 0; i < VerifyRegister::keyCount; ++i)
            keys.push_back(VerifyRegister::keyOf(i));
        std::promise<std::vector<TierRead>> answer;
        m_engine->post([&](TieredCache &cache) {
            if (Tier *tier = cache.tier(stage))
                tier->get(keys, [&](std::vector<TierRead> reads) { answer.set_value(std::move(reads)); });
            else
                answer.set_value(std::vector<TierRead>(keys.size()));
        });
        const std::vector<TierRead> reads = answer.get_future().get();
        for (std::size_t i = 0; i < reads.size(); ++i)
            mine().held[static_cast<std::size_t>(stage)][i] = heldOf(i, reads[i]);
    }

    static std::uint32_t heldOf(std::size_t number, const TierRead &read)
    {
        if (!read.entry)
            return read.outcome == Outcome::Miss ? VerifyRegister::nothing : VerifyRegister::unreadable;
        const auto version = VerifyRegister::versionOf(number, read.entry->payload());
        return version ? *version + 1 : VerifyRegister::unreadable;
    }

    VerifyPlan m_plan;
    int m_process;
    std::unique_ptr<Random> m_changing; ///< cache thread
    std::unique_ptr<Random> m_reading, m_waitingReading;
    std::unique_ptr<VerifyRegister> m_register;
    std::unique_ptr<VerifyLog> m_log;
    std::atomic<int> m_inFlight{0};
    std::mutex m_mutex; ///< guards m_permits and m_readsInFlight
    std::condition_variable m_permitted;
    std::size_t m_permits = 4;
    int m_readsInFlight = 0;
    std::unique_ptr<Engine> m_engine; ///< last: it uses what is above
};

} // namespace

// A Ctrl+C at the terminal is for the parent, which ends its processes; when it is gone they go too.
int runVerifyWorker(const VerifyPlan &plan, int process)
{
    std::signal(SIGINT, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const Status done = VerifyWorker(plan, process).run();
    if (!done)
        std::fprintf(stderr, "%s\n", done.error().toString().c_str());
    return done ? 0 : 1;
}

} // namespace insitecache
