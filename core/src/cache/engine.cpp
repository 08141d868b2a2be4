// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/cache/engine.h>

#include <future>
#include <mutex>
#include <numeric>

#include <QLoggingCategory>
#include <QPromise>
#include <QThread>
#include <QTimer>

#include "cache/engineparts.h"
#include "cache/lookupreader.h"
#include "coherence/eventdispatcher.h"

namespace insitecache {

namespace {

Q_LOGGING_CATEGORY(eventsLog, "insitecache.events")
constexpr Millis housekeepingEvery{1000};
constexpr Millis catchUpLimit{2000};

Error engineStopped()
{
    return {ErrorCode::Cancelled, "the cache is shutting down"};
}

Error readOnlyError()
{
    return {ErrorCode::Refused, "this cache is read-only; nothing was changed", "start without --read-only"};
}

template <class T>
QFuture<T> readyFuture(T value)
{
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

Status validateOptions(const EngineOptions &options)
{
    if (Status ok = options.memory.validate(); !ok)
        return ok;
    if (options.redis) {
        if (Status ok = options.redis->validate(); !ok)
            return ok;
    }
    if (Status ok = options.preload.validate(); !ok)
        return ok;
    return options.database ? options.database->validate() : Status();
}

std::vector<Lookup> stoppedLookups(const std::vector<CacheKey> &keys)
{
    std::vector<Lookup> lookups(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        lookups[i].key = keys[i];
        lookups[i].error = engineStopped();
    }
    return lookups;
}

std::vector<std::size_t> allPlaces(std::size_t count)
{
    std::vector<std::size_t> places(count);
    std::iota(places.begin(), places.end(), std::size_t{0});
    return places;
}

InvalidationResult refusedInvalidation(const Invalidation &what, const Error &error)
{
    InvalidationResult result;
    for (int i = 0; i < tierCount; ++i) {
        if (what.tiers[i])
            result.partial.push_back({static_cast<Stage>(i), error});
    }
    return result;
}

} // namespace

class Engine::Impl {
public:
    Status start(const EngineOptions &options);
    void stop();

    /// Runs `work` on the cache thread, or returns false once the engine stops. Everything accepted runs before the
    /// cache closes, so a promise that it carries is always kept.
    bool enqueue(std::function<void(TieredCache &)> work);
    template <class T>
    QFuture<T> ask(std::function<void(TieredCache &, std::function<void(T)>)> work, T whenStopped);
    bool takeHit(const CacheKey &key, Lookup &answer);
    /// Answers what is fresh in L1 and returns the places of the rest.
    std::vector<std::size_t> takeHits(const std::vector<CacheKey> &keys, std::vector<Lookup> &answers);
    /// Answers what L2 gives to this thread, and says how many that were.
    std::size_t takeDirect(std::span<const TieredCache::Asked> asked);
    /// Waits for the cache thread.
    std::vector<Lookup> waitForLookup(const std::vector<CacheKey> &keys, LookupOptions options);
    void refreshIfDue(const Lookup &answer);

    void readOrAsk(LookupPtr lookup);
    void askCacheThread(std::vector<LookupPtr> lookups);

    QThread thread;
    std::unique_ptr<QObject> worker; ///< lives on `thread`
    std::unique_ptr<EngineParts> parts;
    std::unique_ptr<LookupReader> reader; ///< null where L2 cannot be read directly
    std::shared_ptr<PolicyRegistry> policies = std::make_shared<PolicyRegistry>();
    std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
    std::shared_ptr<ChangeQueue> changes = std::make_shared<ChangeQueue>(*metrics);
    std::shared_ptr<EventDispatcher> events
        = std::make_shared<EventDispatcher>([](const std::string &what) { qCWarning(eventsLog, "%s", what.c_str()); });
    const Clock *clock = nullptr;
    bool readOnly = false;

private:
    Status makeParts(const EngineOptions &options);
    /// What became due while nobody was running, so that no first read sees what should be gone.
    void carryOutDue();

    void runQueued();
    /// Who waits for many lookups is woken once, at the end of the turn that answers them.
    void answered(LookupPtr lookup);
    void keepAnswered() { keepPromises(std::exchange(m_answered, {})); }

    std::size_t m_underWay = 0;        ///< lookups that the cache thread has not answered; cache thread only
    std::vector<LookupPtr> m_answered; ///< in this turn; cache thread only
    std::mutex m_mutex;                ///< guards what follows, and that nothing is queued after the stop
    bool m_stopping = false;
    std::vector<std::function<void(TieredCache &)>> m_queued; ///< the cache thread was woken for the first of them
};

Status Engine::Impl::start(const EngineOptions &options)
{
    if (Status ok = validateOptions(options); !ok)
        return ok;
    for (const Policy &policy : options.policies) {
        if (Status ok = policies->set(policy); !ok)
            return ok;
    }
    clock = options.clock;
    readOnly = options.readOnly;
    worker = std::make_unique<QObject>();
    worker->moveToThread(&thread);
    thread.setObjectName(QStringLiteral("cache"));
    thread.start();
    std::promise<Status> made;
    QMetaObject::invokeMethod(worker.get(), [&] { made.set_value(makeParts(options)); });
    Status ok = made.get_future().get();
    if (!ok) {
        m_stopping = true;
        thread.quit();
        thread.wait();
        return ok;
    }
    if (!readOnly)
        carryOutDue();
    if (parts->cache().hasDirect())
        reader = std::make_unique<LookupReader>(
            parts->cache(), [this](const CacheKey &key) { enqueue([key](TieredCache &cache) { cache.refresh(key); }); },
            [this](std::vector<LookupPtr> lookups) { askCacheThread(std::move(lookups)); });
    return {};
}

void Engine::Impl::carryOutDue()
{
    auto done = std::make_shared<std::promise<void>>();
    auto waiting = done->get_future();
    enqueue([done](TieredCache &cache) { cache.carryOutDue([done] { done->set_value(); }); });
    waiting.wait_for(catchUpLimit);
}

Status Engine::Impl::makeParts(const EngineOptions &options)
{
    auto made = EngineParts::make(options, policies, metrics, events, changes);
    if (!made)
        return tl::unexpected(made.error());
    parts = std::move(*made);
    auto *timer = new QTimer(worker.get());
    QObject::connect(timer, &QTimer::timeout, timer, [this] {
        parts->purge();
        parts->listen();
        parts->preload();
        if (!readOnly)
            parts->cache().carryOutDue([] {});
    });
    timer->start(housekeepingEvery);
    return {};
}

bool Engine::Impl::enqueue(std::function<void(TieredCache &)> work)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopping)
        return false;
    m_queued.push_back(std::move(work));
    if (m_queued.size() == 1)
        QMetaObject::invokeMethod(
            worker.get(), [this] { runQueued(); }, Qt::QueuedConnection);
    return true;
}

void Engine::Impl::runQueued()
{
    std::vector<std::function<void(TieredCache &)>> queued;
    {
        const std::lock_guard lock(m_mutex);
        queued.swap(m_queued);
    }
    for (auto &work : queued)
        std::exchange(work, nullptr)(parts->cache());
}

void Engine::Impl::readOrAsk(LookupPtr lookup)
{
    if (lookup->options.bypassCache || !reader || !reader->take(lookup))
        askCacheThread({std::move(lookup)});
}

void Engine::Impl::askCacheThread(std::vector<LookupPtr> lookups)
{
    const bool accepted = enqueue([this, lookups](TieredCache &cache) {
        m_underWay += lookups.size();
        for (const LookupPtr &lookup : lookups) {
            cache.lookup(std::move(lookup->open.keys), lookup->options, [this, lookup](std::vector<Lookup> found) {
                lookup->open.put(std::move(found), lookup->answers);
                answered(lookup);
            });
        }
    });
    if (accepted)
        return;
    for (const LookupPtr &lookup : lookups)
        lookup->open.put(stoppedLookups(lookup->open.keys), lookup->answers);
    keepPromises(lookups);
}

void Engine::Impl::answered(LookupPtr lookup)
{
    m_answered.push_back(std::move(lookup));
    if (--m_underWay == 0)
        keepAnswered();
    else if (m_answered.size() == 1)
        QMetaObject::invokeMethod(
            worker.get(), [this] { keepAnswered(); }, Qt::QueuedConnection);
}

void Engine::Impl::stop()
{
    if (reader)
        reader->close();
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_stopping = true;
    }
    std::promise<void> closed;
    QMetaObject::invokeMethod(
        worker.get(),
        [&] {
            const QObjectList timers = worker->children();
            qDeleteAll(timers);
            parts->close([&] { closed.set_value(); });
        },
        Qt::QueuedConnection);
    closed.get_future().wait();
    events->close(); // a receiver may use what goes next
    QMetaObject::invokeMethod(
        worker.get(), [this] { parts.reset(); }, Qt::BlockingQueuedConnection);
    thread.quit();
    thread.wait();
}

template <class T>
QFuture<T> Engine::Impl::ask(std::function<void(TieredCache &, std::function<void(T)>)> work, T whenStopped)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    const auto done = [promise](T value) {
        promise->addResult(std::move(value));
        promise->finish();
    };
    if (!enqueue([work = std::move(work), done](TieredCache &cache) { work(cache, done); }))
        done(std::move(whenStopped));
    return future;
}

void Engine::Impl::refreshIfDue(const Lookup &answer)
{
    if (answer.refreshing)
        enqueue([key = answer.key](TieredCache &cache) { cache.refresh(key); });
}

bool Engine::Impl::takeHit(const CacheKey &key, Lookup &answer)
{
    if (!parts->cache().tryHit(key, answer))
        return false;
    refreshIfDue(answer);
    return true;
}

std::vector<std::size_t> Engine::Impl::takeHits(const std::vector<CacheKey> &keys, std::vector<Lookup> &answers)
{
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!takeHit(keys[i], answers[i]))
            rest.push_back(i);
    }
    return rest;
}

std::size_t Engine::Impl::takeDirect(std::span<const TieredCache::Asked> asked)
{
    const std::size_t answered = parts->cache().tryDirect(asked);
    for (const auto &[key, answer] : asked)
        refreshIfDue(*answer);
    return answered;
}

std::vector<Lookup> Engine::Impl::waitForLookup(const std::vector<CacheKey> &keys, LookupOptions options)
{
    std::promise<std::vector<Lookup>> promise;
    const bool asked = enqueue([&](TieredCache &cache) {
        cache.lookup(keys, options, [&](std::vector<Lookup> found) { promise.set_value(std::move(found)); });
    });
    return asked ? promise.get_future().get() : stoppedLookups(keys);
}

Engine::Engine(std::unique_ptr<Impl> impl) : d(std::move(impl)) {}

Engine::~Engine()
{
    d->stop();
}

Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options)
{
    auto impl = std::make_unique<Impl>();
    if (Status ok = impl->start(options); !ok)
        return tl::unexpected(ok.error());
    return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

QFuture<std::vector<Lookup>> Engine::lookup(std::vector<CacheKey> keys, LookupOptions options)
{
    std::vector<Lookup> answers(keys.size());
    std::vector<std::size_t> open = options.bypassCache ? allPlaces(keys.size()) : d->takeHits(keys, answers);
    if (open.empty())
        return readyFuture(std::move(answers));
    const auto asked = std::make_shared<LookupUnderWay>(
        LookupUnderWay{OpenLookups(std::move(keys), std::move(open)), std::move(answers), options});
    asked->promise.start();
    QFuture<std::vector<Lookup>> future = asked->promise.future();
    d->readOrAsk(asked);
    return future;
}

std::vector<Lookup> Engine::lookupBlocking(const std::vector<CacheKey> &keys, LookupOptions options)
{
    std::vector<Lookup> answers(keys.size());
    std::vector<std::size_t> open = options.bypassCache ? allPlaces(keys.size()) : d->takeHits(keys, answers);
    if (!options.bypassCache && !open.empty()) {
        std::vector<TieredCache::Asked> asked;
        for (const std::size_t place : open)
            asked.push_back({&keys[place], &answers[place]});
        d->takeDirect(asked);
        std::erase_if(open, [&](std::size_t place) { return answers[place].answeredBy != Stage::None; });
    }
    if (!open.empty()) {
        const OpenLookups rest(keys, std::move(open));
        rest.put(d->waitForLookup(rest.keys, options), answers);
    }
    return answers;
}

Lookup Engine::lookupBlocking(const CacheKey &key, LookupOptions options)
{
    Lookup answer;
    const TieredCache::Asked asked{&key, &answer};
    if (!options.bypassCache && (d->takeHit(key, answer) || d->takeDirect({&asked, 1}) == 1))
        return answer;
    return std::move(d->waitForLookup({key}, options).front());
}

QFuture<Status> Engine::write(CacheKey key, std::string payload, std::string origin)
{
    if (d->readOnly)
        return readyFuture(Status(fail(ErrorCode::Refused, "this cache is read-only; " + key.text() + " is unchanged",
            "start without --read-only")));
    return d->ask<Status>([=](TieredCache &cache, const auto &done) { cache.write(key, payload, origin, done); },
        tl::unexpected(engineStopped()));
}

QFuture<InvalidationPreview> Engine::preview(Invalidation what)
{
    InvalidationPreview stopped;
    stopped.exact = false;
    return d->ask<InvalidationPreview>(
        [what](TieredCache &cache, const auto &done) { cache.preview(what, done); }, stopped);
}

QFuture<InvalidationResult> Engine::invalidate(Invalidation what)
{
    if (d->readOnly)
        return readyFuture(refusedInvalidation(what,
            {ErrorCode::Refused, "this cache is read-only; nothing was invalidated", "start without --read-only"}));
    return d->ask<InvalidationResult>([what](TieredCache &cache, const auto &done) { cache.invalidate(what, done); },
        refusedInvalidation(what, engineStopped()));
}

QFuture<Result<UndoResult>> Engine::undo(std::uint64_t id)
{
    if (d->readOnly)
        return readyFuture(Result<UndoResult>(tl::unexpected(readOnlyError())));
    return d->ask<Result<UndoResult>>(
        [id](TieredCache &cache, const auto &done) { cache.undo(id, done); }, tl::unexpected(engineStopped()));
}

QFuture<Result<ScheduledInvalidation>> Engine::schedule(Invalidation what, WallTime due)
{
    using Answer = Result<ScheduledInvalidation>;
    if (d->readOnly)
        return readyFuture(Answer(tl::unexpected(readOnlyError())));
    return d->ask<Answer>([what, due](TieredCache &cache, const auto &done) { cache.schedule(what, due, done); },
        tl::unexpected(engineStopped()));
}

QFuture<Result<std::vector<ScheduledInvalidation>>> Engine::scheduled()
{
    return d->ask<Result<std::vector<ScheduledInvalidation>>>(
        [](TieredCache &cache, const auto &done) { cache.scheduled(done); }, tl::unexpected(engineStopped()));
}

QFuture<Result<bool>> Engine::cancelScheduled(std::uint64_t id)
{
    if (d->readOnly)
        return readyFuture(Result<bool>(tl::unexpected(readOnlyError())));
    return d->ask<Result<bool>>([id](TieredCache &cache, const auto &done) { cache.cancelScheduled(id, done); },
        tl::unexpected(engineStopped()));
}

QFuture<Status> Engine::setPolicy(Policy policy)
{
    if (d->readOnly)
        return readyFuture(d->policies->set(std::move(policy)));
    return d->ask<Status>([policy](TieredCache &cache, const auto &done) { cache.setPolicy(policy, done); },
        tl::unexpected(engineStopped()));
}

QFuture<Status> Engine::declare(Edge edge)
{
    if (d->readOnly)
        return readyFuture(Status(tl::unexpected(readOnlyError())));
    return d->ask<Status>(
        [edge](TieredCache &cache, const auto &done) { cache.declare(edge, done); }, tl::unexpected(engineStopped()));
}

QFuture<Result<bool>> Engine::undeclare(Edge edge)
{
    if (d->readOnly)
        return readyFuture(Result<bool>(tl::unexpected(readOnlyError())));
    return d->ask<Result<bool>>(
        [edge](TieredCache &cache, const auto &done) { cache.undeclare(edge, done); }, tl::unexpected(engineStopped()));
}

QFuture<Result<Neighbourhood>> Engine::neighbourhood(CacheKey key, int maxDepth)
{
    return d->ask<Result<Neighbourhood>>(
        [key, maxDepth](TieredCache &cache, const auto &done) { cache.neighbourhood(key, maxDepth, done); },
        tl::unexpected(engineStopped()));
}

void Engine::changed(CacheKey key, std::string reason)
{
    if (!d->readOnly && d->changes->add(std::move(key), std::move(reason)))
        d->enqueue([this](TieredCache &) { d->parts->carryOutChanges(); });
}

Subscription Engine::subscribe(Glob pattern, std::function<void(const CacheEvent &)> receiver)
{
    return Subscription(d->events, d->events->add(std::move(pattern), std::move(receiver)));
}

bool Engine::isReadOnly() const
{
    return d->readOnly;
}

const Metrics &Engine::metrics() const
{
    return *d->metrics;
}

PolicyRegistry &Engine::policies()
{
    return *d->policies;
}

const Clock &Engine::clock() const
{
    return *d->clock;
}

void Engine::waitForTiers(Millis limit)
{
    auto settled = std::make_shared<std::promise<void>>();
    auto waiting = settled->get_future();
    const bool asked = d->enqueue(
        [this, settled](TieredCache &) { d->parts->whenTiersSettled([settled] { settled->set_value(); }); });
    if (asked)
        waiting.wait_for(limit);
}

void Engine::post(std::function<void(TieredCache &)> work)
{
    d->enqueue(std::move(work));
}

} // namespace insitecache
