// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/monitor.h>

#include <future>

#include <QPromise>
#include <QThreadPool>

#include <insitecache/monitor/systemmemory.h>

#include "monitor/entrypage.h"
#include "monitor/eventlogwriter.h"
#include "monitor/invalidationevent.h"
#include "monitor/monitorservice.h"

namespace insitecache {

namespace {

constexpr std::size_t mostEdgesCounted = 100'000;

/// What a page of entries is waiting for. Filled on the cache thread.
struct EntryGathering {
    EntryQuery query;
    TierListings listings;
    EdgeList edges{{}, false};
    PolicyRegistry::Snapshot policies;
    WallTime now{};
    int waiting = 0;
    QPromise<EntryPage> promise;

    /// Joining tens of thousands of rows would hold up lookups if it ran on the cache thread.
    void arrived(const std::shared_ptr<EntryGathering> &self)
    {
        if (--waiting == 0)
            QThreadPool::globalInstance()->start([self] { self->finish(); });
    }

    void finish()
    {
        EntryPage page = makeEntryPage(listings, query.limit, *policies, now);
        countDependencies(page, edges);
        promise.addResult(std::move(page));
        promise.finish();
    }
};

} // namespace

class Monitor::Impl {
public:
    explicit Impl(Engine &watched) : engine(watched) {}

    /// Runs `work` on the cache thread with the service; nothing after the engine has stopped.
    void post(std::function<void(MonitorService &)> work)
    {
        engine.post([holder = service, work = std::move(work)](TieredCache &) {
            if (*holder)
                work(**holder);
        });
    }

    /// The follower is called under the board's lock, and a failure is told from the writer's thread.
    void keepLog(const std::string &path)
    {
        log = std::make_unique<EventLogWriter>(
            EventLogFile(path), [board = board, clock = &engine.clock()](const Error &error) {
                const std::lock_guard lock(board->mutex);
                board->events.note({.time = clock->wall(),
                    .kind = EventKind::LogFailed,
                    .severity = EventSeverity::Warning,
                    .detail = error.toString()});
            });
        const std::lock_guard lock(board->mutex);
        board->events.setFollower([writer = log.get()](const EventPtr &event) { writer->write(event); });
    }

    Engine &engine;
    std::shared_ptr<MonitorBoard> board = std::make_shared<MonitorBoard>();
    /// The service is made, used and destroyed on the cache thread; the holder is shared with what is posted there.
    std::shared_ptr<std::unique_ptr<MonitorService>> service = std::make_shared<std::unique_ptr<MonitorService>>();
    std::unique_ptr<EventLogWriter> log;
    Subscription others; ///< what other processes invalidate
};

Monitor::Monitor(Engine &engine, MonitorOptions options) : d(std::make_unique<Impl>(engine))
{
    if (!options.eventLog.empty())
        d->keepLog(options.eventLog);
    engine.post([holder = d->service, board = d->board](
                    TieredCache &cache) { *holder = std::make_unique<MonitorService>(cache, board); });
    d->others = engine.subscribe(Glob::compile("*").value(),
        [board = d->board, clock = &engine.clock()](const CacheEvent &event) { board->heard(event, clock->now()); });
}

Monitor::~Monitor()
{
    auto gone = std::make_shared<std::promise<void>>();
    auto waiting = gone->get_future();
    d->engine.post([holder = d->service, gone](TieredCache &) {
        holder->reset();
        gone->set_value();
    });
    gone.reset();
    // An engine that has already stopped drops what is posted, and with it the promise.
    waiting.wait();
    d->others.unsubscribe();
    const std::lock_guard lock(d->board->mutex);
    d->board->events.setFollower(nullptr);
}

std::shared_ptr<const Snapshot> Monitor::snapshot(SeriesRange range) const
{
    auto out = std::make_shared<Snapshot>();
    {
        const std::lock_guard lock(d->board->mutex);
        *out = d->board->sampler.snapshot(range);
        d->board->events.show(*out);
    }
    out->processBytes = processResidentBytes();
    return out;
}

QFuture<std::vector<Lookup>> Monitor::lookup(std::vector<CacheKey> keys, LookupOptions options)
{
    return d->engine.lookup(std::move(keys), options);
}

QFuture<EntryPage> Monitor::entries(EntryQuery query)
{
    const auto gathering = std::make_shared<EntryGathering>();
    gathering->query = query;
    gathering->promise.start();
    QFuture<EntryPage> future = gathering->promise.future();
    d->engine.post([gathering](TieredCache &cache) {
        gathering->policies = cache.policies().all();
        gathering->now = cache.clock().wall();
        gathering->waiting = gathering->query.withDependencies ? 2 : 1;
        cache.list(gathering->query.which, gathering->query.limit, [gathering](TieredCache::Listings listings) {
            gathering->listings.tiers = std::move(listings);
            gathering->arrived(gathering);
        });
        if (gathering->query.withDependencies) {
            cache.edges(mostEdgesCounted, [gathering](Result<EdgeList> edges) {
                if (edges)
                    gathering->edges = std::move(*edges);
                gathering->arrived(gathering);
            });
        }
    });
    return future;
}

QFuture<Result<DependencyPage>> Monitor::dependencies(std::size_t limit)
{
    auto promise = std::make_shared<QPromise<Result<DependencyPage>>>();
    promise->start();
    QFuture<Result<DependencyPage>> future = promise->future();
    d->post([promise, limit](MonitorService &service) {
        const auto policies = service.cache().policies().all();
        service.readDependencies(limit, [=, clock = &service.cache().clock()](Result<DependencyReading> reading) {
            const WallTime now = clock->wall();
            QThreadPool::globalInstance()->start([=, reading = std::move(reading)]() mutable {
                promise->addResult(reading
                        ? Result<DependencyPage>(makeDependencyPage(std::move(*reading), *policies, now))
                        : tl::unexpected(reading.error()));
                promise->finish();
            });
        });
    });
    return future;
}

QFuture<InvalidationPreview> Monitor::preview(Invalidation what)
{
    return d->engine.preview(std::move(what));
}

QFuture<InvalidationResult> Monitor::invalidate(Invalidation what)
{
    const Clock *clock = &d->engine.clock();
    QFuture<InvalidationResult> result = d->engine.invalidate(what);
    return result.then([board = d->board, what, clock, began = clock->now()](const InvalidationResult &done) {
        Event event = invalidationEvent(clock->wall(), what, done);
        event.took = Millis(toMillis(clock->now() - began));
        const std::lock_guard lock(board->mutex);
        board->events.note(std::move(event));
        return done;
    });
}

QFuture<Result<UndoResult>> Monitor::undo(std::uint64_t id)
{
    return d->engine.undo(id).then([board = d->board, clock = &d->engine.clock()](const Result<UndoResult> &undone) {
        if (undone) {
            const std::lock_guard lock(board->mutex);
            board->events.note(undoEvent(clock->wall(), *undone));
        }
        return undone;
    });
}

QFuture<Result<ScheduledInvalidation>> Monitor::schedule(Invalidation what, WallTime due)
{
    return d->engine.schedule(std::move(what), due);
}

QFuture<Result<std::vector<ScheduledInvalidation>>> Monitor::scheduled()
{
    return d->engine.scheduled();
}

QFuture<Result<bool>> Monitor::cancelScheduled(std::uint64_t id)
{
    return d->engine.cancelScheduled(id);
}

QFuture<Status> Monitor::setPolicy(Policy policy)
{
    return d->engine.setPolicy(std::move(policy));
}

std::vector<Policy> Monitor::policies() const
{
    return *d->engine.policies().all();
}

bool Monitor::isReadOnly() const
{
    return d->engine.isReadOnly();
}

std::vector<EventPtr> Monitor::eventsAfter(std::uint64_t id) const
{
    const std::lock_guard lock(d->board->mutex);
    return d->board->events.after(id);
}

bool Monitor::acknowledge(std::uint64_t event)
{
    const WallTime now = d->engine.clock().wall();
    const std::lock_guard lock(d->board->mutex);
    return d->board->events.acknowledge(event, now);
}

void Monitor::bookmark(std::string text, std::optional<WallTime> at)
{
    const WallTime time = at.value_or(d->engine.clock().wall());
    const std::lock_guard lock(d->board->mutex);
    d->board->events.note(
        {.time = time, .kind = EventKind::Bookmark, .cause = EventCause::Manual, .reason = std::move(text)});
}

std::string Monitor::eventLog() const
{
    return d->log ? d->log->path() : std::string();
}

Status Monitor::startWorkload(const WorkloadSpec &spec)
{
    if (Status ok = spec.validate(); !ok)
        return ok;
    d->post([spec](MonitorService &service) { service.startWorkload(spec); });
    return {};
}

void Monitor::stopWorkload()
{
    d->post([](MonitorService &service) { service.stopWorkload(); });
}

} // namespace insitecache
