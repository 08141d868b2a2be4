// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/monitor/monitor.h>

#include <future>

#include <QPromise>
#include <QThreadPool>

#include <insitecache/monitor/systemmemory.h>

#include "monitor/entrypage.h"
#include "monitor/invalidationmarker.h"
#include "monitor/monitorservice.h"

namespace insitecache {

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

    Engine &engine;
    std::shared_ptr<MonitorBoard> board = std::make_shared<MonitorBoard>();
    /// The service is made, used and destroyed on the cache thread; the holder is shared with what is posted there.
    std::shared_ptr<std::unique_ptr<MonitorService>> service = std::make_shared<std::unique_ptr<MonitorService>>();
    Subscription others; ///< what other processes invalidate
};

Monitor::Monitor(Engine &engine) : d(std::make_unique<Impl>(engine))
{
    engine.post([holder = d->service, board = d->board](
                    TieredCache &cache) { *holder = std::make_unique<MonitorService>(cache, board); });
    d->others = engine.subscribe(Glob::compile("*").value(), [board = d->board](const CacheEvent &event) {
        if (!event.remote)
            return;
        const std::lock_guard lock(board->mutex);
        board->sampler.markElsewhere(event.time, event.scope.describe());
    });
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
}

std::shared_ptr<const Snapshot> Monitor::snapshot(SeriesRange range) const
{
    auto out = std::make_shared<Snapshot>();
    {
        const std::lock_guard lock(d->board->mutex);
        *out = d->board->sampler.snapshot(range);
    }
    out->systemMemoryBytes = systemMemoryBytes();
    out->processBytes = processResidentBytes();
    return out;
}

QFuture<std::vector<Lookup>> Monitor::lookup(std::vector<CacheKey> keys, LookupOptions options)
{
    return d->engine.lookup(std::move(keys), options);
}

QFuture<EntryPage> Monitor::entries(EntryQuery query)
{
    auto promise = std::make_shared<QPromise<EntryPage>>();
    promise->start();
    QFuture<EntryPage> future = promise->future();
    const auto finish = [promise](EntryPage page) {
        promise->addResult(std::move(page));
        promise->finish();
    };
    d->engine.post([query, finish](TieredCache &cache) {
        cache.list(query.which, query.limit,
            [query, finish, policies = cache.policies().all(), now = cache.clock().wall()](
                TieredCache::Listings listings) {
                // Joining tens of thousands of rows would hold up lookups if it ran on the cache thread.
                QThreadPool::globalInstance()->start(
                    [=] { finish(makeEntryPage({listings}, query.limit, *policies, now)); });
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
    QFuture<InvalidationResult> result = d->engine.invalidate(what);
    return result.then([board = d->board, what, clock = &d->engine.clock()](const InvalidationResult &done) {
        const std::lock_guard lock(board->mutex);
        board->sampler.mark(invalidationMarker(clock->wall(), what, done));
        return done;
    });
}

QFuture<Result<UndoResult>> Monitor::undo(std::uint64_t id)
{
    return d->engine.undo(id).then([board = d->board, clock = &d->engine.clock()](const Result<UndoResult> &undone) {
        if (undone) {
            const std::lock_guard lock(board->mutex);
            board->sampler.mark({clock->wall(), Marker::Kind::Undo, std::to_string(undone->restored)});
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
