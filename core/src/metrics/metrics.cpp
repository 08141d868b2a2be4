// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/metrics/metrics.h>

namespace insitecache {

namespace {
constexpr std::string_view overflowType = "other";
constexpr int outcomeCount = static_cast<int>(Outcome::Error) + 1;
constexpr unsigned hitStripes = 4;

/// Threads take turns with the stripes, so that two of them seldom write to the same cache lines.
unsigned hitStripe()
{
    static std::atomic<unsigned> threads{0};
    thread_local const unsigned stripe = threads.fetch_add(1, std::memory_order_relaxed) % hitStripes;
    return stripe;
}

/// By tier, then by reason.
using MissCounters = std::array<std::array<Counter, missReasonCount>, tierCount>;

MissCounts missCounts(const std::array<Counter, missReasonCount> &counters)
{
    MissCounts counts{};
    for (std::size_t i = 0; i < missReasonCount; ++i)
        counts[i] = counters[i].value();
    return counts;
}

void addMisses(MissCounts &sum, const MissCounts &more)
{
    for (std::size_t i = 0; i < missReasonCount; ++i)
        sum[i] += more[i];
}
} // namespace

struct Metrics::TierSlot {
    Counter outcomes[outcomeCount];
    Counter fills, fillsRefused, fillsFailed, removed;
    Histogram latency;

    std::uint64_t of(Outcome outcome) const { return outcomes[static_cast<int>(outcome)].value(); }
    TierTotals totals() const;
};

struct Metrics::TypeSlot {
    std::string name; // written once, before m_typeCount is raised
    Counter answeredBy[5], stale, negative, collapsed;
    MissCounters misses;
    Histogram latency;
    /// Lookups that L1 answered are counted here alone, by how long they took.
    struct alignas(64) Hits {
        Histogram latency;
    } hits[hitStripes];

    HistogramCounts memoryHits() const;
    LookupTotals totals(const HistogramCounts &fromMemory) const;
};

TierTotals Metrics::TierSlot::totals() const
{
    TierTotals t;
    t.negative = of(Outcome::Negative);
    t.hits = of(Outcome::Hit) + t.negative;
    t.misses = of(Outcome::Miss);
    t.stale = of(Outcome::Stale);
    t.corrupt = of(Outcome::Corrupt);
    t.errors = of(Outcome::Error) + of(Outcome::Timeout) + of(Outcome::Open);
    t.lookups = t.hits + t.misses + t.stale + t.corrupt + t.errors;
    t.fills = fills.value();
    t.fillsRefused = fillsRefused.value();
    t.fillsFailed = fillsFailed.value();
    t.removed = removed.value();
    t.latency = latency.counts();
    return t;
}

HistogramCounts Metrics::TypeSlot::memoryHits() const
{
    HistogramCounts counts;
    for (const Hits &stripe : hits)
        counts += stripe.latency.counts();
    return counts;
}

LookupTotals Metrics::TypeSlot::totals(const HistogramCounts &fromMemory) const
{
    LookupTotals t;
    t.type = name;
    for (int i = 0; i < 5; ++i) {
        t.answeredBy[i] = answeredBy[i].value() + (i == static_cast<int>(Stage::L1) ? fromMemory.count : 0);
        t.lookups += t.answeredBy[i];
    }
    t.errors = t.answeredBy[static_cast<int>(Stage::None)];
    t.stale = stale.value();
    t.lookups += t.stale;
    t.negative = negative.value();
    t.collapsed = collapsed.value();
    for (std::size_t i = 0; i < tierCount; ++i)
        t.missReasons[i] = missCounts(misses[i]);
    t.latency = latency.counts();
    t.latency += fromMemory;
    return t;
}

Metrics::Metrics() : m_tiers(std::make_unique<TierSlot[]>(tierCount)), m_types(std::make_unique<TypeSlot[]>(maxTypes))
{}
Metrics::~Metrics() = default;

void Metrics::tierRead(Stage tier, Outcome outcome, Duration took)
{
    TierSlot &slot = m_tiers[static_cast<std::size_t>(tier)];
    slot.outcomes[static_cast<int>(outcome)].add();
    slot.latency.record(took);
}

void Metrics::tierMissed(Stage tier, std::string_view type, MissReason why)
{
    slotFor(type).misses[static_cast<std::size_t>(tier)][static_cast<std::size_t>(why)].add();
}

void Metrics::tierFill(Stage tier, FillOutcome outcome)
{
    TierSlot &slot = m_tiers[static_cast<std::size_t>(tier)];
    switch (outcome) {
    case FillOutcome::Stored: return slot.fills.add();
    case FillOutcome::Refused: return slot.fillsRefused.add();
    case FillOutcome::Failed: return slot.fillsFailed.add();
    }
}

void Metrics::tierRemoved(Stage tier, std::uint64_t copies)
{
    m_tiers[static_cast<std::size_t>(tier)].removed.add(copies);
}

void Metrics::lookupDone(
    std::string_view type, Stage answeredBy, bool stale, bool negative, bool collapsed, Duration took)
{
    TypeSlot &slot = slotFor(type);
    (stale ? slot.stale : slot.answeredBy[static_cast<int>(answeredBy)]).add();
    if (negative)
        slot.negative.add();
    if (collapsed)
        slot.collapsed.add();
    slot.latency.record(took);
}

void Metrics::memoryHit(std::string_view type, Duration took)
{
    slotFor(type).hits[hitStripe()].latency.record(took);
}

Metrics::TypeSlot &Metrics::slotFor(std::string_view type)
{
    const auto find = [&](int from, int to) -> TypeSlot * {
        for (int i = from; i < to; ++i) {
            if (m_types[static_cast<std::size_t>(i)].name == type)
                return &m_types[static_cast<std::size_t>(i)];
        }
        return nullptr;
    };
    const int known = m_typeCount.load(std::memory_order_acquire);
    if (TypeSlot *found = find(0, known))
        return *found;

    const std::lock_guard lock(m_typeMutex);
    const int count = m_typeCount.load(std::memory_order_relaxed);
    if (TypeSlot *found = find(known, count))
        return *found;
    if (count == maxTypes)
        return m_types[maxTypes - 1];
    TypeSlot &slot = m_types[static_cast<std::size_t>(count)];
    slot.name = count == maxTypes - 1 ? overflowType : type;
    m_typeCount.store(count + 1, std::memory_order_release);
    return slot;
}

MetricsTotals Metrics::totals() const
{
    MetricsTotals out;
    for (std::size_t i = 0; i < tierCount; ++i)
        out.tiers[i] = m_tiers[i].totals();
    const int types = m_typeCount.load(std::memory_order_acquire);
    for (int i = 0; i < types; ++i) {
        const TypeSlot &slot = m_types[static_cast<std::size_t>(i)];
        const HistogramCounts fromMemory = slot.memoryHits();
        TierTotals &l1 = out.tiers[static_cast<std::size_t>(Stage::L1)];
        l1.lookups += fromMemory.count;
        l1.hits += fromMemory.count;
        l1.latency += fromMemory;
        LookupTotals t = slot.totals(fromMemory);
        out.all.lookups += t.lookups;
        for (int s = 0; s < 5; ++s)
            out.all.answeredBy[s] += t.answeredBy[s];
        out.all.stale += t.stale;
        out.all.negative += t.negative;
        out.all.collapsed += t.collapsed;
        out.all.errors += t.errors;
        for (std::size_t tier = 0; tier < tierCount; ++tier) {
            addMisses(out.all.missReasons[tier], t.missReasons[tier]);
            addMisses(out.tiers[tier].missReasons, t.missReasons[tier]);
        }
        out.all.latency += t.latency;
        out.types.push_back(std::move(t));
    }
    out.churn = {writes.value(), invalidations.value(), invalidatedKeys.value(), refreshStarted.value(),
        refreshOk.value(), refreshFailed.value(), sourceCalls.value(), sourceFailures.value(), undos.value(),
        restoredKeys.value(), journalFailures.value(), scheduled.value(), changes.value(), changeOverflows.value(),
        changesWaiting.value()};
    out.preload = {preloadHottest.value(), preloadNext.value(), preloadFromSource.value(), preloadUsed.value(),
        preloadWasted.value()};
    return out;
}

} // namespace insitecache
