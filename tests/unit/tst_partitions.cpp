// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <array>
#include <atomic>
#include <cmath>
#include <thread>

#include <insitecache/base/random.h>

#include "support/manualclock.h"
#include "tiers/memorystore.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

EntryPtr typedEntry(const std::string &type, int number, std::size_t bytes)
{
    EntryFields fields;
    fields.key = CacheKey::make(type, std::to_string(number)).value();
    fields.payload = std::string(bytes, 'x');
    fields.ttl = foreverLife;
    fields.freshUntil = fields.refreshAt = SteadyTime(foreverLife);
    return Entry::make(fields);
}

TypeUsage usageOf(const MemoryStore &store, const std::string &type)
{
    for (const TypeUsage &usage : store.usageByType()) {
        if (usage.type == type)
            return usage;
    }
    return {};
}

/// The same, counted again.
TypeUsage recounted(MemoryStore &store, const std::string &type)
{
    TypeUsage counted{type};
    store.forEach(Selector::type(type), [&](const Entry &entry) {
        ++counted.entries;
        counted.bytes += MemoryStore::costOf(entry);
    });
    return counted;
}

} // namespace

/// What types are guaranteed of L1.
class TestPartitions : public QObject {
    Q_OBJECT

    ManualClock m_clock;

    /// Entries number..number + count - 1, as far as they get in.
    void put(MemoryStore &store, const char *type, int count, std::size_t bytes, int number = 0)
    {
        for (int i = 0; i < count; ++i)
            store.insert(typedEntry(type, number + i, bytes), m_clock.now());
    }

private Q_SLOTS:
    void whatIsGuaranteedSurvivesAFlood_data()
    {
        QTest::addColumn<int>("eviction");
        QTest::addColumn<int>("scale"); // 16: the store has several parts
        constexpr std::array names{"adaptive", "LRU", "S3-FIFO", "W-TinyLFU", "ARC"};
        for (int i = 0; i < int(names.size()); ++i) {
            QTest::addRow("%s", names[std::size_t(i)]) << i << 1;
            QTest::addRow("%s, many parts", names[std::size_t(i)]) << i << 16;
        }
    }
    void whatIsGuaranteedSurvivesAFlood()
    {
        QFETCH(const int, eviction);
        QFETCH(const int, scale);
        MemoryStore store({.maxBytes = (std::uint64_t(1) << 20) * unsigned(scale), .eviction = Eviction(eviction)});
        store.setGuarantees({{"stock", 400'000u * unsigned(scale)}});
        put(store, "stock", 1000 * scale, 200);
        put(store, "search", 8000 * scale, 400);
        QVERIFY(store.evictions() > 0);
        QCOMPARE(usageOf(store, "stock").entries, std::uint64_t(1000 * scale));
        QVERIFY(store.bytes() <= (std::uint64_t(1) << 20) * unsigned(scale));
    }

    void withoutAGuaranteeAFloodPushesOut()
    {
        MemoryStore store({.maxBytes = 1 << 20});
        put(store, "stock", 1000, 200);
        put(store, "search", 8000, 400);
        QVERIFY(recounted(store, "stock").entries < 1000);
        QVERIFY(store.usageByType().empty());
    }

    void whatNobodyUsesIsLentAndTakenBack()
    {
        MemoryStore store({.maxBytes = 1 << 20});
        store.setGuarantees({{"stock", 600'000}});
        put(store, "search", 10'000, 200);
        QVERIFY(recounted(store, "search").bytes > 980'000);
        put(store, "stock", 2000, 200);
        QCOMPARE(usageOf(store, "stock").entries, 2000u);
        QVERIFY(usageOf(store, "stock").bytes < 600'000);
        put(store, "stock", 20'000, 200, 2000);
        const std::uint64_t most = usageOf(store, "stock").bytes;
        QVERIFY2(most <= 600'500 && most > 590'000, qPrintable(QString::number(most)));
        QVERIFY(recounted(store, "search").bytes > 350'000);
    }

    // One that is a thousand times as large as the others takes its room from its own kind and from who borrowed.
    void largeEntriesTakeFromTheirOwn()
    {
        MemoryStore store({.maxBytes = 4 << 20});
        store.setGuarantees({{"stock", 1 << 20}, {"search", 2 << 20}});
        put(store, "stock", 3000, 1);
        const std::uint64_t stocks = usageOf(store, "stock").entries;
        QCOMPARE(stocks, 3000u);
        put(store, "search", 50, 1'000'000);
        put(store, "trending", 50, 1'000'000);
        QCOMPARE(usageOf(store, "stock").entries, stocks);
        QVERIFY(usageOf(store, "search").entries >= 2);
        QVERIFY(usageOf(store, {}).entries >= 1);
    }

    void whatCanNeverFitPushesNobodyOut()
    {
        MemoryStore store({.maxBytes = 4 << 20});
        store.setGuarantees({{"stock", 3 << 20}});
        put(store, "stock", 20, 100'000);
        put(store, "search", 1000, 100);
        const std::uint64_t before = store.entries();
        QVERIFY(!store.insert(typedEntry("search", 5000, 3 << 20), m_clock.now()));
        QCOMPARE(store.entries(), before);
        QVERIFY(store.insert(typedEntry("stock", 5000, 3 << 20), m_clock.now()));
    }

    void guaranteesBeyondWhatThereIsShrinkInProportion()
    {
        MemoryStore store({.maxBytes = 1'500'000});
        store.setGuarantees({{"stock", 2'000'000}, {"search", 1'000'000}});
        const double forStock = double(1'500'000 - store.overheadBytes()) * 2 / 3;
        QVERIFY(std::abs(double(usageOf(store, "stock").guaranteedBytes) - forStock) <= 1);
        QCOMPARE(usageOf(store, {}).guaranteedBytes, 0u);
        for (int i = 0; i < 20'000; ++i) {
            put(store, "stock", 1, 200, i);
            put(store, "search", 1, 200, i);
            put(store, "trending", 1, 200, i);
        }
        for (const char *type : {"stock", "search"}) {
            const TypeUsage usage = usageOf(store, type);
            QVERIFY(std::abs(double(usage.bytes) - double(usage.guaranteedBytes)) < 5000);
        }
        QVERIFY(usageOf(store, "stock").bytes > 900'000);
    }

    void aChangeHoldsAtOnceForWhatIsThere()
    {
        MemoryStore store({.maxBytes = 1 << 20});
        put(store, "stock", 1000, 200);
        put(store, "search", 500, 200);
        store.setGuarantees({{"stock", 500'000}});
        QCOMPARE(usageOf(store, "stock").entries, 1000u);
        QCOMPARE(usageOf(store, {}).entries, 500u);
        put(store, "search", 10'000, 200, 500);
        QCOMPARE(usageOf(store, "stock").entries, 1000u);
        store.setGuarantees({{"search", 900'000}});
        QCOMPARE(usageOf(store, "stock").entries, 0u);
        QCOMPARE(usageOf(store, {}).entries, 1000u);
        put(store, "search", 10'000, 200, 20'000);
        QVERIFY(usageOf(store, {}).entries < 800);
        store.setGuarantees({});
        put(store, "trending", 10'000, 200);
        QVERIFY(store.usageByType().empty());
        QVERIFY(recounted(store, "trending").bytes > 50'000);
    }

    void whatExpiredGoesFirstWhoeverOwnsIt()
    {
        MemoryStore store({.maxBytes = 1 << 20});
        store.setGuarantees({{"stock", 900'000}});
        EntryFields brief = typedEntry("stock", 0, 300'000)->fields();
        brief.freshUntil = brief.refreshAt = m_clock.now() + 1s;
        brief.staleFor = 1h;
        store.insert(Entry::make(brief), m_clock.now());
        m_clock.advance(2s);
        put(store, "search", 3, 300'000);
        QCOMPARE(store.evictions(), 0u);
        QCOMPARE(usageOf(store, {}).entries, 3u);
    }

    // Whoever stores what: nobody who has no more than the guarantee loses an entry to another type.
    void nobodyLosesWhatIsGuaranteed_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 5; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void nobodyLosesWhatIsGuaranteed()
    {
        QFETCH(const int, seed);
        const std::array<std::string, 4> types{"stock", "search", "user", "trending"};
        const auto random = Random::seeded(std::uint64_t(seed));
        const std::uint64_t maxBytes = 4'000'000 + random->bits() % 8'000'000;
        MemoryStore store({.maxBytes = maxBytes});
        const auto change = [&] { // trending never has a guarantee, so somebody always lives from what is left
            std::vector<TypeGuarantee> guarantees;
            for (std::size_t i = 0; i < 3; ++i)
                guarantees.push_back({types[i], random->unit() < 0.2 ? 0 : random->bits() % (maxBytes / 2)});
            guarantees[0].bytes += 1;
            store.setGuarantees(guarantees);
        };
        change();
        for (int step = 0; step < 3000; ++step) {
            if (random->unit() < 0.002)
                change();
            const std::string &type = types[std::size_t(random->unit() * random->unit() * 4)];
            const auto bytes = std::size_t(std::exp(random->unit() * std::log(1e6)));
            const auto before = store.usageByType();
            store.insert(
                typedEntry(type, int(random->bits() % 3000) + 3000 * int(&type - &types[0]), bytes), m_clock.now());
            const auto after = store.usageByType();
            QCOMPARE(before.size(), after.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                const bool mine
                    = before[i].type == type || (before[i].type.empty() && usageOf(store, type).type.empty());
                // What is remembered of keys may grow meanwhile, and leaves less to guarantee.
                const std::uint64_t guaranteed = std::min(before[i].guaranteedBytes, after[i].guaranteedBytes);
                QVERIFY(mine || before[i].bytes > guaranteed || after[i].entries == before[i].entries);
            }
            QVERIFY(store.bytes() <= maxBytes);
        }
        QVERIFY(store.evictions() > 300);
        std::uint64_t named = 0;
        for (const TypeUsage &usage : store.usageByType()) {
            if (usage.type.empty())
                continue;
            QCOMPARE(usage.entries, recounted(store, usage.type).entries);
            QCOMPARE(usage.bytes, recounted(store, usage.type).bytes);
            named += usage.bytes;
        }
        QCOMPARE(usageOf(store, {}).bytes, store.bytes() - store.overheadBytes() - named);
    }

    void threadsAndChangesAgree()
    {
        MemoryStore store({.maxBytes = 2 << 20});
        std::atomic<bool> stop{false};
        std::vector<std::thread> threads;
        for (const char *type : {"stock", "search", "trending"}) {
            threads.emplace_back([&, type] {
                const auto random = Random::seeded(7);
                MemoryHit hit;
                while (!stop) {
                    const int number = int(random->bits() % 9000);
                    if (!store.tryGet(std::string(type) + ':' + std::to_string(number), SteadyTime(1s), hit))
                        store.insert(typedEntry(type, number, 300), SteadyTime(1s));
                }
            });
        }
        for (unsigned round = 0; round < 200 || store.evictions() < 5000; ++round)
            store.setGuarantees({{"stock", (round % 3) << 19}, {"search", (round % 2) << 18}});
        stop = true;
        for (std::thread &thread : threads)
            thread.join();
        put(store, "stock", 1, 300, 9000); // alone: the bound holds when it returns
        store.setGuarantees({{"stock", 1}, {"search", 1}, {"trending", 1}});
        std::uint64_t all = 0;
        for (const char *type : {"stock", "search", "trending"}) {
            QCOMPARE(usageOf(store, type).bytes, recounted(store, type).bytes);
            QCOMPARE(usageOf(store, type).entries, recounted(store, type).entries);
            all += usageOf(store, type).bytes;
        }
        QCOMPARE(store.bytes(), all + store.overheadBytes());
        QVERIFY(store.bytes() <= 2 << 20);
    }

    // Ghosts, counters and the table are in the bytes.
    void whatIsRememberedIsCounted()
    {
        MemoryStore store({.maxBytes = 64 << 20});
        const std::uint64_t empty = store.overheadBytes();
        put(store, "stock", 300'000, 200);
        const std::uint64_t full = store.overheadBytes();
        QVERIFY2(full > empty + 200'000 * 10, qPrintable(QString::number(full)));
        QVERIFY(store.bytes() <= 64 << 20);
        QCOMPARE(store.bytes(), full + recounted(store, "stock").bytes);
    }

    void asManyTypesAsThereArePartitions()
    {
        MemoryStore store({.maxBytes = 4 << 20});
        std::vector<TypeGuarantee> all;
        for (std::size_t i = 0; i < mostGuaranteedTypes; ++i)
            all.push_back({"type" + std::to_string(i), 200'000});
        store.setGuarantees(all);
        for (const TypeGuarantee &one : all)
            put(store, one.type.c_str(), 500, 200);
        put(store, "search", 20'000, 200);
        for (const TypeGuarantee &one : all)
            QCOMPARE(usageOf(store, one.type).entries, 500u);
    }
};

QTEST_APPLESS_MAIN(TestPartitions)
#include "tst_partitions.moc"
