// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/databasetier.h"

#include <algorithm>
#include <array>

#include "base/uniquename.h"
#include "sql/edgewalk.h"
#include "sql/entrystore.h"

namespace insitecache {

namespace {

constexpr int rowsPerPurge = 500;
constexpr Millis timeForLastWrites{1000};
constexpr Millis fileCheckInterval{5000};

Error databaseClosed()
{
    return {ErrorCode::Cancelled, "the database is shutting down"};
}

template <class T>
Result<T> cancelledResult()
{
    return tl::unexpected(databaseClosed());
}

} // namespace

Result<std::shared_ptr<DatabaseTier>> DatabaseTier::open(const DatabaseTierOptions &options, const Clock &clock)
{
    std::shared_ptr<DatabaseTier> tier(new DatabaseTier);
    if (Status ok = tier->start(options, clock); !ok)
        return tl::unexpected(ok.error());
    return tier;
}

DatabaseTier::~DatabaseTier()
{
    close();
}

Status DatabaseTier::start(const DatabaseTierOptions &options, const Clock &clock)
{
    const auto path = sqlitePath(options.url);
    if (!path)
        return tl::unexpected(path.error());
    Status ok;
    m_thread.run([&] { ok = openStore(*path, options, clock); });
    return ok;
}

Status DatabaseTier::openStore(const QString &path, DatabaseTierOptions options, const Clock &clock)
{
    auto file = SqliteFile::open(path, cacheSchema, options.busyTimeout);
    if (!file)
        return tl::unexpected(file.error());
    m_notices = (*file)->notices();
    if (options.origin.empty())
        options.origin = uniqueName();
    m_store = std::make_unique<EntryStore>(std::move(*file), options, clock);
    auto opened = m_store->open();
    if (!opened) {
        m_store.reset();
        return tl::unexpected(opened.error());
    }
    m_identity = std::move(opened->identity);
    m_followed = std::move(opened->followed);
    m_untold = std::move(opened->untold);
    m_thread.every(options.purgeInterval, [this] { m_store->purge(rowsPerPurge); });
    m_thread.every(std::min(options.purgeInterval, fileCheckInterval), [this] { m_store->followFile(); });
    return {};
}

template <class Job, class Cancelled, class Done>
void DatabaseTier::run(Kind kind, Job job, Cancelled cancelled, Done done)
{
    if (m_thread.isClosed())
        return done(cancelled());
    m_thread.post([this, kind, job = std::move(job), cancelled = std::move(cancelled), done = std::move(done)] {
        auto result = isCancelled(kind) ? cancelled() : job(*m_store);
        if (m_store->isDamaged() && m_store->rebuild())
            result = job(*m_store);
        m_thread.deliver([done, result = std::move(result)]() mutable { done(std::move(result)); });
    });
}

bool DatabaseTier::isCancelled(Kind kind) const
{
    return m_closing && (kind == Kind::Read || m_lastWrites.hasExpired());
}

void DatabaseTier::get(const std::vector<CacheKey> &keys, Callback<std::vector<TierRead>> done)
{
    const auto cancelled = [count = keys.size()] {
        return std::vector<TierRead>(count, TierRead{Outcome::Error, nullptr, databaseClosed()});
    };
    run(
        Kind::Read, [keys](EntryStore &store) { return store.get(keys); }, cancelled, std::move(done));
}

void DatabaseTier::peek(const std::vector<CacheKey> &keys, Callback<Result<std::vector<EntryPtr>>> done)
{
    run(
        Kind::Read, [keys](EntryStore &store) { return store.peek(keys); }, cancelledResult<std::vector<EntryPtr>>,
        std::move(done));
}

void DatabaseTier::claim(const std::vector<CacheKey> &keys, Callback<std::vector<FillTicket>> done)
{
    run(
        Kind::Read, [count = keys.size()](EntryStore &store) { return store.claim(count); },
        [count = keys.size()] { return std::vector<FillTicket>(count); }, std::move(done));
}

void DatabaseTier::fill(const std::vector<Fill> &fills, Callback<std::vector<FillOutcome>> done)
{
    run(
        Kind::Write, [fills](EntryStore &store) { return store.fill(fills); },
        [count = fills.size()] { return std::vector<FillOutcome>(count, FillOutcome::Failed); }, std::move(done));
}

void DatabaseTier::put(const std::vector<Fill> &fills, Callback<Status> done)
{
    run(
        Kind::Write, [fills](EntryStore &store) { return store.put(fills); }, cancelledResult<void>, std::move(done));
}

void DatabaseTier::remove(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    run(
        Kind::Write, [which](EntryStore &store) { return store.remove(which); }, cancelledResult<std::uint64_t>,
        std::move(done));
}

void DatabaseTier::expire(const Selector &which, Callback<Result<std::uint64_t>> done)
{
    run(
        Kind::Write, [which](EntryStore &store) { return store.expire(which); }, cancelledResult<std::uint64_t>,
        std::move(done));
}

void DatabaseTier::count(const Selector &which, Callback<Result<TierCount>> done)
{
    run(
        Kind::Read, [which](EntryStore &store) { return store.count(which); }, cancelledResult<TierCount>,
        std::move(done));
}

void DatabaseTier::list(const Selector &which, std::size_t limit, Callback<Result<TierListing>> done)
{
    run(
        Kind::Read, [which, limit](EntryStore &store) { return store.list(which, limit); },
        cancelledResult<TierListing>, std::move(done));
}

void DatabaseTier::declare(const Edge &edge, Callback<Status> done)
{
    run(
        Kind::Write, [edge](EntryStore &store) { return store.declare(edge); }, cancelledResult<void>, std::move(done));
}

void DatabaseTier::undeclare(const Edge &edge, Callback<Result<bool>> done)
{
    run(
        Kind::Write, [edge](EntryStore &store) { return store.edges().remove(edge); }, cancelledResult<bool>,
        std::move(done));
}

void DatabaseTier::closure(const Selector &roots, Callback<Result<Closure>> done)
{
    follow(std::make_shared<EdgeWalk>(roots, Closure::maxDependents), std::move(done));
}

void DatabaseTier::follow(const std::shared_ptr<EdgeWalk> &walk, Callback<Result<Closure>> done)
{
    run(
        Kind::Read, [walk](EntryStore &store) { return walk->step(store.edges()); }, cancelledResult<bool>,
        [this, walk, done = std::move(done)](const Result<bool> &more) {
            if (!more)
                return done(tl::unexpected(more.error()));
            if (*more)
                return follow(walk, done);
            done(std::move(walk->found()));
        });
}

void DatabaseTier::neighbourhood(const CacheKey &key, int maxDepth, Callback<Result<Neighbourhood>> done)
{
    run(
        Kind::Read, [key, maxDepth](EntryStore &store) { return store.edges().neighbourhood(key, maxDepth); },
        cancelledResult<Neighbourhood>, std::move(done));
}

/// All edges, a page at a time: between two of them the database thread does what others asked for.
struct DatabaseTier::EdgeListing {
    static constexpr std::size_t edgesPerStep = 1'000;

    /// False: that was the last page, or there are more than the limit.
    Result<bool> step(const EdgeStore &store)
    {
        auto next = store.edgesAfter(page, edgesPerStep);
        if (!next)
            return tl::unexpected(next.error());
        page = std::move(*next);
        const std::size_t taken = std::min(page.edges.size(), limit - found.edges.size());
        const auto first = std::make_move_iterator(page.edges.begin());
        found.edges.insert(found.edges.end(), first, first + static_cast<std::ptrdiff_t>(taken));
        found.complete = taken == page.edges.size();
        page.edges.clear();
        return page.isFull && found.complete;
    }

    std::size_t limit;
    EdgeStore::EdgeRows page{};
    EdgeList found{};
};

void DatabaseTier::edges(std::size_t limit, Callback<Result<EdgeList>> done)
{
    readEdges(std::make_shared<EdgeListing>(EdgeListing{limit}), std::move(done));
}

void DatabaseTier::readEdges(const std::shared_ptr<EdgeListing> &listing, Callback<Result<EdgeList>> done)
{
    run(
        Kind::Read, [listing](EntryStore &store) { return listing->step(store.edges()); }, cancelledResult<bool>,
        [this, listing, done = std::move(done)](const Result<bool> &more) {
            if (!more)
                return done(tl::unexpected(more.error()));
            if (*more)
                return readEdges(listing, done);
            done(std::move(listing->found));
        });
}

void DatabaseTier::addScheduled(const ScheduledInvalidation &what, Callback<Result<ScheduledInvalidation>> done)
{
    run(
        Kind::Write, [what](EntryStore &store) { return store.schedule().add(what); },
        cancelledResult<ScheduledInvalidation>, std::move(done));
}

void DatabaseTier::scheduled(Callback<Result<std::vector<ScheduledInvalidation>>> done)
{
    run(
        Kind::Read, [](EntryStore &store) { return store.schedule().all(); },
        cancelledResult<std::vector<ScheduledInvalidation>>, std::move(done));
}

void DatabaseTier::cancelScheduled(std::uint64_t id, Callback<Result<bool>> done)
{
    run(
        Kind::Write, [id](EntryStore &store) { return store.schedule().cancel(id); }, cancelledResult<bool>,
        std::move(done));
}

// Taking and renewing end with the intake, like reads: who is going away must not take anything.
void DatabaseTier::takeDue(Callback<Result<std::optional<ScheduledInvalidation>>> done)
{
    run(
        Kind::Read, [](EntryStore &store) { return store.takeDue(); },
        cancelledResult<std::optional<ScheduledInvalidation>>, std::move(done));
}

void DatabaseTier::renewDue(std::uint64_t id, Callback<Status> done)
{
    run(
        Kind::Read, [id](EntryStore &store) { return store.schedule().renew(id); }, cancelledResult<void>,
        std::move(done));
}

void DatabaseTier::settleDue(std::uint64_t id, const bool (&left)[tierCount], Callback<Status> done)
{
    run(
        Kind::Write,
        [id, tiers = std::to_array(left)](EntryStore &store) { return store.schedule().settle(id, tiers); },
        cancelledResult<void>, std::move(done));
}

void DatabaseTier::listen(Callback<Result<Heard>> done)
{
    run(
        Kind::Read, [](EntryStore &store) { return store.listen(); }, cancelledResult<Heard>, std::move(done));
}

void DatabaseTier::remember(const Followed &followed)
{
    run(
        Kind::Write, [followed](EntryStore &store) { return store.followed().write(followed); }, cancelledResult<void>,
        [](const Status &) {});
}

void DatabaseTier::usage(Callback<TierUsage> done)
{
    run(
        Kind::Read, [](EntryStore &store) { return store.usage(); },
        [] {
            TierUsage closed;
            closed.up = false;
            closed.detail = databaseClosed().message;
            return closed;
        },
        std::move(done));
}

// Writes that were accepted are carried out as far as time allows; whoever still wants to read is sent away.
void DatabaseTier::close()
{
    if (m_thread.isClosed())
        return;
    m_lastWrites = QDeadlineTimer(timeForLastWrites);
    m_closing = true;
    m_thread.close([this] { m_store.reset(); });
}

} // namespace insitecache
