// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <atomic>
#include <map>
#include <thread>

#include <insitecache/base/random.h>

#include "support/manualclock.h"
#include "tiers/entryblock.h"
#include "tiers/memorystore.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

EntryFields storeFields(SteadyTime now, int number, std::uint64_t version, Duration ttl = 100s, std::size_t bytes = 0)
{
    EntryFields fields;
    fields.key = CacheKey::make("stock", std::to_string(number)).value();
    fields.payload = std::string(bytes, 'x');
    fields.ttl = ttl;
    fields.freshUntil = now + ttl;
    fields.refreshAt = fields.freshUntil;
    fields.staleFor = 10s;
    fields.version = version;
    return fields;
}

std::string storeKey(int number)
{
    return "stock:" + std::to_string(number);
}

/// The totals, counted again.
struct Recount {
    std::uint64_t entries = 0, bytes = 0;
};
Recount recount(MemoryStore &store)
{
    Recount counted;
    store.forEach(Selector::all(), [&](const Entry &entry) {
        ++counted.entries;
        counted.bytes += MemoryStore::costOf(entry);
    });
    return counted;
}

} // namespace

class TestMemoryStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Whatever is done to it, it holds what was written last or nothing, within its bounds, and its totals are right.
    void anySequenceKeepsItsPromises_data()
    {
        QTest::addColumn<quint64>("maxEntries");
        QTest::addColumn<quint64>("maxBytes");
        QTest::addColumn<int>("numbers");
        QTest::newRow("few entries") << quint64(7) << quint64(1 << 20) << 20;
        QTest::newRow("many parts") << quint64(50'000) << quint64(40 << 20) << 30'000;
        QTest::newRow("bounded by bytes") << quint64(1'000'000) << quint64(60'000) << 300;
        QTest::newRow("parts bounded by bytes") << quint64(1'000'000) << quint64(9 << 20) << 20'000;
    }
    void anySequenceKeepsItsPromises()
    {
        QFETCH(const quint64, maxEntries);
        QFETCH(const quint64, maxBytes);
        QFETCH(const int, numbers);
        ManualClock clock;
        MemoryStore store({.maxBytes = maxBytes, .maxEntries = maxEntries});
        const auto random = Random::seeded(maxEntries + maxBytes);
        std::map<int, EntryFields> model; // what was written last and not removed
        for (std::uint64_t step = 1; step <= 60'000; ++step) {
            const int number = int(random->unit() * random->unit() * numbers);
            const double what = random->unit();
            const SteadyTime now = clock.now();
            if (what < 0.35) {
                const auto fields
                    = storeFields(now, number, step, Millis(random->bits() % 60'000), random->bits() % 900);
                model[number] = fields;
                store.insert(Entry::make(fields), now);
            } else if (what < 0.4) {
                model.erase(number);
                store.erase(storeKey(number));
            } else if (what < 0.41) {
                clock.advance(Millis(random->bits() % 3000));
            } else if (what < 0.412) {
                store.purgeExpired(now, 100);
            } else if (what < 0.43) {
                const Selector one = Selector::keys({CacheKey::make("stock", std::to_string(number)).value()});
                const bool ends = store.endFreshLife(one, now) > 0;
                if (ends && model.contains(number))
                    model[number].freshUntil = std::min(model[number].freshUntil, now);
            } else {
                MemoryHit hit;
                const bool fresh = store.tryGet(storeKey(number), now, hit);
                QVERIFY(!fresh || (model.contains(number) && hit.entry->version() == model[number].version));
                QVERIFY(!fresh || now < model[number].freshUntil);
            }
            QVERIFY(store.entries() <= maxEntries && store.bytes() <= maxBytes);
        }
        const Recount counted = recount(store);
        QCOMPARE(store.entries(), counted.entries);
        QCOMPARE(store.bytes(), counted.bytes + store.overheadBytes());
        QVERIFY(counted.entries > 0);
        QCOMPARE(store.erase(Selector::all(), clock.now()) > 0, true);
        QCOMPARE(store.entries(), 0u);
        QCOMPARE(store.bytes(), store.overheadBytes());
    }

    void whatExpiredGoesFirstWhereverItLies()
    {
        ManualClock clock;
        MemoryStore store({.maxEntries = 40'000});
        for (int i = 0; i < 40'000; ++i)
            store.insert(
                Entry::make(storeFields(clock.now(), i, 1, i % 100 == 0 ? Duration(1s) : Duration(1h))), clock.now());
        clock.advance(2s);
        for (int i = 0; i < 400; ++i)
            QVERIFY(store.insert(Entry::make(storeFields(clock.now(), 100'000 + i, 1, 1h)), clock.now()));
        QCOMPARE(store.evictions(), 0u);
        QCOMPARE(store.expirations(), 400u);
        QVERIFY(!store.peek(storeKey(100)) && store.peek(storeKey(101)) && store.peek(storeKey(100'399)));
    }

    // A hundred thousand end in one millisecond: whoever comes next pays for a few of them, never for all.
    void whatEndsTogetherIsDroppedALittleAtATime()
    {
        constexpr int count = 100'000;
        ManualClock clock;
        MemoryStore store({.maxEntries = count});
        for (int i = 0; i < count; ++i) {
            EntryFields fields = storeFields(clock.now(), i, 1, 1s);
            fields.staleFor = {};
            store.insert(Entry::make(fields), clock.now());
        }
        clock.advance(1s);
        std::uint64_t most = 0;
        int inserted = 0;
        while (store.expirations() < count) {
            const std::uint64_t before = store.expirations();
            QVERIFY(store.insert(Entry::make(storeFields(clock.now(), count + inserted++, 1, 1h)), clock.now()));
            most = std::max(most, store.expirations() - before);
            if (inserted % 10 == 0)
                clock.advance(1ms);
        }
        QVERIFY2(most <= 300, qPrintable(QString::number(most)));
        QCOMPARE(store.evictions(), 0u);
        QCOMPARE(store.entries(), std::uint64_t(inserted));
    }

    void purgingStopsAtItsLimit()
    {
        ManualClock clock;
        MemoryStore store({});
        for (int i = 0; i < 20'000; ++i)
            store.insert(Entry::make(storeFields(clock.now(), i, 1, 1s)), clock.now());
        clock.advance(1h);
        const std::size_t first = store.purgeExpired(clock.now(), 1'000);
        QVERIFY2(first >= 1'000 && first < 1'100, qPrintable(QString::number(first)));
        while (store.purgeExpired(clock.now(), 1'000) > 0) {}
        QCOMPARE(store.entries(), 0u);
    }

    // What costOf() says beyond the block: the tables and timers, whatever came and went before.
    void itsIndexTakesWhatItSays()
    {
        for (const int count : {100'000, 200'000}) {
            ManualClock clock;
            MemoryStore store({.maxEntries = std::uint64_t(count)});
            const auto random = Random::seeded(3);
            const auto insert = [&](int number) {
                const Duration life = 1h + Millis(random->bits() % 360'000);
                store.insert(Entry::make(storeFields(clock.now(), number, 1, life)), clock.now());
            };
            const auto bytesEach = [&] { return double(store.indexBytes()) / double(store.entries()); };
            for (int i = 0; i < count; ++i)
                insert(i);
            QVERIFY2(bytesEach() < double(BlockNodes::fixedBytes), qPrintable(QString::number(bytesEach())));
            for (int i = count; i < 2 * count; ++i) {
                insert(i);
                clock.advance(Duration(1h) / count);
            }
            QCOMPARE(store.entries(), std::uint64_t(count));
            QVERIFY2(bytesEach() < double(BlockNodes::fixedBytes), qPrintable(QString::number(bytesEach())));
        }
    }

    void oneLargeEntryTakesRoomFromAllParts()
    {
        ManualClock clock;
        MemoryStore store({.maxBytes = 16 << 20, .maxEntries = 1'000'000});
        for (int i = 0; i < 60'000; ++i)
            store.insert(Entry::make(storeFields(clock.now(), i, 1, 1h, 200)), clock.now());
        const std::uint64_t before = store.entries();
        QVERIFY(store.insert(Entry::make(storeFields(clock.now(), 1'000'000, 1, 1h, 8 << 20)), clock.now()));
        QVERIFY(store.bytes() <= 16 << 20);
        QVERIFY(store.entries() > before / 3 && store.entries() < before);
    }

    // The links of L1 lie in the entry: one that is in a store already is copied into the next.
    void oneEntryMayBeGivenToTwoStores()
    {
        ManualClock clock;
        MemoryStore one({.maxEntries = 2}), two({.maxEntries = 2});
        const EntryPtr entry = Entry::make(storeFields(clock.now(), 1, 1));
        QVERIFY(one.insert(entry, clock.now()) && two.insert(entry, clock.now()));
        for (int i = 2; i < 6; ++i)
            one.insert(Entry::make(storeFields(clock.now(), i, 1)), clock.now());
        MemoryHit hit;
        QVERIFY(two.tryGet(storeKey(1), clock.now(), hit));
        QCOMPARE(one.entries(), 2u);
        QCOMPARE(two.entries(), 1u);
    }

    void aTimerOfADeadEntryDoesNoHarm()
    {
        ManualClock clock;
        MemoryStore store({});
        for (std::uint64_t version = 1; version <= 50'000; ++version)
            store.insert(
                Entry::make(storeFields(clock.now(), 1, version, Millis(version % 7 == 0 ? 10 : 60'000))), clock.now());
        clock.advance(30s);
        QCOMPARE(store.purgeExpired(clock.now(), 1000), 0u);
        QCOMPARE(store.peek(storeKey(1))->version(), 50'000u);
        clock.advance(41s);
        QCOMPARE(store.purgeExpired(clock.now(), 1000), 1u);
    }

    void threadsNeverSeeWhatWasRemovedOrAStrangersValue()
    {
        constexpr int numbers = 400;
        MemoryStore store({.maxEntries = 200});
        std::array<std::atomic<std::uint64_t>, numbers> floors{}; // older versions were removed
        std::atomic<std::uint64_t> versions{0};
        std::atomic<int> wrong{0};
        const SteadyTime now = Clock::system().now();
        const auto write = [&](int number) {
            const std::uint64_t version = ++versions;
            store.insert(Entry::make(storeFields(now, number, version)), now);
        };
        const auto remove = [&](int number) {
            store.erase(storeKey(number));
            floors[std::size_t(number)] = versions + 1; // this thread alone writes and removes
        };
        const auto read = [&](int number) {
            const std::uint64_t floor = floors[std::size_t(number)];
            MemoryHit hit;
            if (store.tryGet(storeKey(number), now, hit))
                wrong += hit.entry->keyText() != storeKey(number) || hit.entry->version() < floor ? 1 : 0;
        };
        std::atomic<bool> stop{false};
        std::vector<std::thread> readers;
        for (unsigned seed = 1; seed <= 3; ++seed) {
            readers.emplace_back([&, seed] {
                const auto random = Random::seeded(seed);
                while (!stop)
                    read(int(random->bits() % numbers));
            });
        }
        const auto random = Random::seeded(9);
        for (int i = 0; i < 30'000; ++i)
            random->unit() < 0.7 ? write(int(random->bits() % numbers)) : remove(int(random->bits() % numbers));
        stop = true;
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
        QVERIFY(store.entries() <= 200);
    }

    // The forecast is made while everybody asks and invalidates.
    void forecastIsMadeUnderManyThreads()
    {
        const ManualClock clock;
        const MemoryTierOptions options{.maxEntries = 500};
        MemoryStore store(options);
        std::vector<std::jthread> threads;
        for (std::uint32_t seed = 0; seed < 3; ++seed) {
            threads.emplace_back([&, seed] {
                const auto random = Random::seeded(seed);
                MemoryHit hit;
                EntryFields fields;
                fields.ttl = 1s;
                fields.freshUntil = fields.refreshAt = clock.now() + 1s;
                for (int i = 0; i < 5000; ++i) {
                    fields.key = CacheKey::make("stock", std::to_string(random->bits() % 800)).value();
                    if (random->unit() < 0.02)
                        store.erase(fields.key.text());
                    else if (!store.tryGet(fields.key.text(), clock.now(), hit))
                        store.insert(Entry::make(fields), clock.now(), [](const Entry *) { return true; });
                    if (i % 500 == 0)
                        store.whatIf().roll({}, clock.now());
                }
            });
        }
        threads.clear();
        QVERIFY(store.whatIf().report({}).sampledUses > 0);
    }
};

QTEST_APPLESS_MAIN(TestMemoryStore)
#include "tst_memorystore.moc"
