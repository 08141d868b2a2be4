// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <atomic>
#include <thread>

#include <insitecache/base/random.h>

#include "support/manualclock.h"
#include "tiers/memorytier.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

EntryFields fieldsFor(const Clock &clock, const std::string &text, Duration ttl = 100s, std::size_t bytes = 10)
{
    EntryFields entry;
    entry.key = CacheKey::parse(text).value();
    entry.payload.assign(bytes, 'x');
    entry.ttl = ttl;
    entry.staleFor = 50s;
    entry.freshUntil = clock.now() + ttl;
    entry.refreshAt = entry.freshUntil;
    return entry;
}

EntryPtr entryFor(const Clock &clock, const std::string &text, Duration ttl = 100s, std::size_t bytes = 10)
{
    return Entry::make(fieldsFor(clock, text, ttl, bytes));
}

void put(MemoryTier &tier, const EntryPtr &entry)
{
    tier.put({{entry}}, [](const Status &) {});
}

bool has(const MemoryTier &tier, const std::string &text)
{
    return tier.peek(CacheKey::parse(text).value()) != nullptr;
}

TierUsage usageOf(MemoryTier &tier)
{
    TierUsage usage;
    tier.usage([&](TierUsage u) { usage = std::move(u); });
    return usage;
}

} // namespace

class TestMemoryTier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void evictsTheLeastRecentlyUsed()
    {
        ManualClock clock;
        MemoryTier tier({.maxEntries = 3}, clock);
        for (const char *text : {"stock:A", "stock:B", "stock:C"})
            put(tier, entryFor(clock, text));
        MemoryTier::Hit hit;
        QVERIFY(tier.tryGet(CacheKey::parse("stock:A").value(), clock.now(), hit));
        put(tier, entryFor(clock, "stock:D"));
        QVERIFY(has(tier, "stock:A") && !has(tier, "stock:B") && has(tier, "stock:C") && has(tier, "stock:D"));
        QCOMPARE(usageOf(tier).evictions, 1u);
    }

    void anExpiredEntryGoesBeforeALiveOne()
    {
        ManualClock clock;
        MemoryTier tier({.maxEntries = 2}, clock);
        put(tier, entryFor(clock, "stock:OLD", 100s));
        put(tier, entryFor(clock, "stock:SHORT", 1s));
        clock.advance(2s);
        put(tier, entryFor(clock, "stock:NEW"));
        QVERIFY(has(tier, "stock:OLD") && !has(tier, "stock:SHORT"));
        QCOMPARE(usageOf(tier).evictions, 0u);
        QCOMPARE(usageOf(tier).expirations, 1u);
    }

    void bytesAreBoundedAndReturned()
    {
        ManualClock clock;
        MemoryTier tier({.maxBytes = 20'000}, clock);
        for (int i = 0; i < 100; ++i) {
            put(tier, entryFor(clock, "stock:S" + std::to_string(i), 100s, 1000));
            QVERIFY(usageOf(tier).bytes <= 20'000);
        }
        QVERIFY(usageOf(tier).entries >= 10);
        tier.remove(Selector::all(), [](auto) {});
        QVERIFY(usageOf(tier).bytes < 6000); // its table, and what it remembers of keys
        QCOMPARE(usageOf(tier).entries, 0u);
    }

    // What was named is forgotten when it is too much to keep; a fill from before it is refused to be safe.
    void manyNamedInvalidationsAreKeptWithinBounds()
    {
        ManualClock clock;
        MemoryTier tier({}, clock);
        const FillTicket early = tier.ticket();
        FillTicket late;
        const EntryPtr entry = entryFor(clock, "search:a");
        for (int round = 0; round < 300; ++round) {
            if (round == 200) {
                QVERIFY(!tier.isVoid({entry, early}));
                late = tier.ticket();
            }
            std::vector<CacheKey> keys;
            for (int i = 0; i < 1000; ++i)
                keys.push_back(CacheKey::make("stock", std::to_string(round * 1000 + i)).value());
            tier.remove(Selector::keys(std::move(keys)), [](const auto &) {});
        }
        QVERIFY(tier.isVoid({entry, early}));
        QVERIFY(!tier.isVoid({entry, late}));
    }

    void anEntryTooLargeRemovesTheOldCopy()
    {
        ManualClock clock;
        MemoryTier tier({.maxBytes = 10'000}, clock);
        put(tier, entryFor(clock, "stock:A"));
        put(tier, entryFor(clock, "stock:A", 100s, 20'000));
        QVERIFY(!has(tier, "stock:A"));
    }

    void noBytesKeepNothingAndNoNumberIsNoBound()
    {
        ManualClock clock;
        MemoryTier unbounded({.maxEntries = 0}, clock);
        put(unbounded, entryFor(clock, "stock:A"));
        QCOMPARE(usageOf(unbounded).entries, 1u);
        MemoryTier empty({.maxBytes = 0}, clock);
        put(empty, entryFor(clock, "stock:A"));
        QCOMPARE(usageOf(empty).entries, 0u);
    }

    void oneCallerIsToldToRefresh()
    {
        ManualClock clock;
        MemoryTier tier({}, clock);
        EntryFields entry = fieldsFor(clock, "stock:A");
        entry.refreshAt = clock.now() + 10s;
        put(tier, Entry::make(entry));
        MemoryTier::Hit hit;
        QVERIFY(tier.tryGet(entry.key, clock.now(), hit) && !hit.refreshDue);
        clock.advance(10s);
        QVERIFY(tier.tryGet(entry.key, clock.now(), hit) && hit.refreshDue);
        QVERIFY(tier.tryGet(entry.key, clock.now(), hit) && !hit.refreshDue);
        tier.deferRefresh(entry.key, clock.now() + 5s);
        QVERIFY(tier.tryGet(entry.key, clock.now(), hit) && !hit.refreshDue);
        clock.advance(5s);
        QVERIFY(tier.tryGet(entry.key, clock.now(), hit) && hit.refreshDue);
    }

    void purgeTakesWhatIsPastItsStaleTime()
    {
        ManualClock clock;
        MemoryTier tier({}, clock);
        for (int i = 0; i < 10; ++i)
            put(tier, entryFor(clock, "stock:S" + std::to_string(i), 10s));
        put(tier, entryFor(clock, "stock:LONG", 1h));
        clock.advance(30s);
        QCOMPARE(tier.purgeExpired(100), 0u);
        clock.advance(31s);
        QVERIFY(tier.purgeExpired(4) >= 4);
        tier.purgeExpired(100);
        QCOMPARE(usageOf(tier).expirations, 10u);
        QCOMPARE(usageOf(tier).entries, 1u);
    }

    void manyThreadsAgree()
    {
        MemoryTier tier({.maxEntries = 200}, Clock::system());
        std::atomic<int> wrong{0};
        const auto work = [&](unsigned seed) {
            const auto random = Random::seeded(seed);
            for (int i = 0; i < 20'000; ++i) {
                const std::string text = "stock:S" + std::to_string(random->bits() % 400);
                MemoryTier::Hit hit;
                if (random->unit() < 0.2)
                    put(tier, entryFor(Clock::system(), text));
                else if (random->unit() < 0.02)
                    tier.remove(Selector::keys({CacheKey::parse(text).value()}), [](auto) {});
                else if (tier.tryGet(CacheKey::parse(text).value(), Clock::system().now(), hit))
                    wrong += hit.entry->keyText() != text;
            }
        };
        std::vector<std::thread> threads;
        for (unsigned t = 0; t < 4; ++t)
            threads.emplace_back(work, t);
        for (auto &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(usageOf(tier).entries <= 200);
    }
};

QTEST_APPLESS_MAIN(TestMemoryTier)
#include "tst_memorytier.moc"
