// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QFuture>

#include <insitecache/cache/engine.h>
#include <insitecache/coherence/dependency.h>
#include <insitecache/monitor/snapshot.h>
#include <insitecache/monitor/workload.h>

namespace insitecache {

/// One key with what every tier has of it.
struct EntryRow {
    CacheKey key;
    struct Copy {
        bool present = false;
        bool fresh = false;
        Millis ttl{};
        std::uint64_t bytes = 0, rawBytes = 0, version = 0;
    };
    Copy tiers[tierCount];
    std::uint64_t hits = 0;
    WallTime created{};
    WallTime expires{};  ///< of the copy that would answer now
    double ageShare = 0; ///< 0 … 1 of the fresh life used up, by the policy's ttl
    std::string origin;
    bool negative = false;
    /// How many keys it was made from, and how many were made from it; only where EntryPage::knowsDependencies.
    std::uint32_t parents = 0, children = 0;
};

struct EntryQuery {
    Selector which = Selector::all();
    std::size_t limit = 50'000;
    bool withDependencies = false; ///< count them too: all edges are read for it
};

struct EntryPage {
    std::vector<EntryRow> rows; ///< by key
    std::uint64_t total = 0;    ///< distinct keys, at least
    bool exact = true;
    bool knowsDependencies = false; ///< false: not asked for, could not be read, or more than 100,000
    WallTime taken{};
    std::vector<InvalidationPreview::Failure> unreachable;
};

/// All dependencies between keys with what the tiers hold of those keys: what the graph is drawn from. To look at it
/// afterwards asks nobody anything.
struct DependencyPage {
    std::vector<Edge> edges;
    bool complete = true; ///< false: there are more than were asked for
    EntryPage entries;    ///< of the keys at the ends of the edges; one without a row is not cached
    struct Refill {
        std::string type;
        std::vector<ProviderCalls> calls; ///< for one key; empty: nothing is asked for that type
    };
    std::vector<Refill> refills; ///< of each type among the keys
};

enum class SeriesRange { Minute1, Minutes5, Minutes15, Hour1, Hours6 };

struct MonitorOptions {
    /// A file that every event is appended to as a line of JSON (eventJson()), put aside at 10 MiB, five of them in
    /// all, for this user alone. Its folder must exist. When it cannot be written there is an event that says so, and
    /// everything goes on. Empty: events are kept in memory only.
    std::string eventLog;
};

/// The one facade the dashboard talks to: pull snapshots, ask questions, give orders. It knows no widget.
///
/// Threads: all methods from any thread; nothing blocks. Futures finish on the cache thread: use
/// `.then(context, …)`. The engine must outlive the monitor.
class Monitor {
public:
    explicit Monitor(Engine &engine, MonitorOptions options = {});
    ~Monitor();

    /// The newest snapshot with the series of that range. Never null. Cheap: no tier is asked.
    std::shared_ptr<const Snapshot> snapshot(SeriesRange range = SeriesRange::Minutes5) const;

    QFuture<std::vector<Lookup>> lookup(std::vector<CacheKey> keys, LookupOptions options = {});
    QFuture<EntryPage> entries(EntryQuery query);
    /// At most `limit` dependencies. Errors: of the store of dependencies.
    QFuture<Result<DependencyPage>> dependencies(std::size_t limit = 50'000);
    QFuture<InvalidationPreview> preview(Invalidation what);
    QFuture<InvalidationResult> invalidate(Invalidation what);
    QFuture<Result<UndoResult>> undo(std::uint64_t id);
    QFuture<Result<ScheduledInvalidation>> schedule(Invalidation what, WallTime due);
    QFuture<Result<std::vector<ScheduledInvalidation>>> scheduled();
    QFuture<Result<bool>> cancelScheduled(std::uint64_t id);
    QFuture<Status> setPolicy(Policy policy);
    std::vector<Policy> policies() const;
    bool isReadOnly() const;

    /// What happened since that event, oldest first, of the newest ten thousand; after 0: all of them.
    std::vector<EventPtr> eventsAfter(std::uint64_t id) const;
    /// Somebody has seen the alert that this event told of: it is quiet until it is over. False: there is no such
    /// alert, or it was acknowledged before.
    bool acknowledge(std::uint64_t event);
    /// A mark that a person makes, with a note; `at`: in the past, where the charts still show it.
    void bookmark(std::string text, std::optional<WallTime> at = {});
    /// The file that events go to now; empty: none, or nothing has happened yet.
    std::string eventLog() const;

    /// Starts or replaces the workload. Errors: as WorkloadSpec::validate().
    Status startWorkload(const WorkloadSpec &spec);
    void stopWorkload();

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
