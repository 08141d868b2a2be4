// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <insitecache/metrics/metrics.h>

#include "cache/retrytimer.h"
#include "coherence/journal.h"
#include "coherence/owedremovals.h"

namespace insitecache {

struct CacheContext;

/// What tiers still owe: removals that were decided and that a tier has not confirmed, because it failed or because the
/// process ended in between. What a tier owes is not read there and not stored there until it is paid; it is tried
/// again after 1 s … 30 s for ever, and at once when the tier comes back. With a journal it survives the process: it is
/// written down *before* the first tier is touched.
///
/// It removes, whatever was asked for: an expiry that failed is made up for by a removal, stricter and never staler.
/// Bounded: with too many rows everything is owed. Cache thread only, but for isAnyOwed().
class Outbox {
public:
    using Id = std::uint64_t; ///< 0: nothing to remember

    explicit Outbox(CacheContext &context);

    /// Writes down what is about to be removed; its id comes when that is durable, or could not be. `what.tiers` may
    /// name tiers that do not exist.
    void intend(OwedInvalidation what, std::function<void(Id)> done);
    /// These fall too, and no others; `done` when that is durable. Before L3 loses their edges.
    void extend(Id id, const Selector &dependents, std::function<void()> done);
    /// That tier owes it from now on.
    void failed(Id id, Stage stage);
    /// Every tier that has not failed has confirmed.
    void finished(Id id);

    /// The copies there may be outdated.
    void owe(Stage stage, const Selector &which);
    /// The same, known from a log that tells it again until it is paid: they are not read any more from now on, and
    /// nothing is written down.
    void oweAsTold(Stage stage, const Selector &which);
    /// It has been replaced or removed since.
    void settle(Stage stage, const CacheKey &key) { at(stage).owed.settle(key); }
    /// What processes that are gone have left: owed by every tier it names.
    void adopt(std::vector<OwedInvalidation> rows);
    /// Carries out what is owed, if anything is.
    void pay(Stage stage);
    /// The same, and without waiting any longer: the tier answers again.
    void tierIsBack(Stage stage);
    void close();

    bool covers(Stage stage, const CacheKey &key) const { return at(stage).owed.covers(key); }
    /// Any thread.
    bool isAnyOwed(Stage stage) const { return at(stage).owed.isAnyOwed(); }
    Error owedError(Stage stage) const;
    Backlog backlog() const;

private:
    struct Row {
        OwedInvalidation what;
        std::optional<std::uint64_t> owedAt[tierCount]; ///< OwedRemovals::last() then
        bool underWay = true;                           ///< whoever intended it has not finished
        bool isWritten = true;                          ///< in the journal

        bool isOwed() const;
    };
    struct Debtor {
        OwedRemovals owed;
        bool paying = false;
        RetryTimer retry;
    };
    using Rows = std::map<Id, Row>;

    Debtor &at(Stage stage) { return m_debtors[static_cast<std::size_t>(stage)]; }
    const Debtor &at(Stage stage) const { return m_debtors[static_cast<std::size_t>(stage)]; }
    Id newId();
    Row &add(OwedInvalidation what);
    void write(const OwedInvalidation &what, std::function<void()> done);
    void forget(Rows::iterator row);
    void oweAll(Row &row, Stage stage, const Selector &which);
    void mergeWhenTooMany();
    void followNext(Stage stage);
    void followed(Row &row, const Selector &dependents);
    void payNext(Stage stage, const std::shared_ptr<OwedRemovals::Bill> &bill);
    void paid(Stage stage, std::uint64_t upTo);
    void notPaid(Stage stage);
    void payLater(Stage stage);

    CacheContext &m_context;
    Rows m_rows;
    Id m_lastId = 0; ///< where there is no journal
    std::array<Debtor, tierCount> m_debtors;
    bool m_closed = false;
};

} // namespace insitecache
