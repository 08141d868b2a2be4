// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <insitecache/base/random.h>

#include "cli/tracefile.h"
#include "monitor/zipfsampler.h"
#include "support/cacherig.h"
#include "support/shareddata.h"
#include "tiers/memorystore.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

using Requests = std::vector<std::uint32_t>;

/// An L1 that is filled with what it misses.
class AskedStore {
public:
    explicit AskedStore(std::uint64_t entries, Duration ttl = foreverLife, bool whatIf = true) :
        m_ttl(ttl), store({.maxBytes = 1ull << 32, .maxEntries = entries, .whatIf = whatIf})
    {}

    void ask(std::uint32_t number)
    {
        const std::string key = "stock:" + std::to_string(number);
        const SteadyTime now = m_clock.now();
        MemoryHit hit;
        ++counted.lookups;
        if (store.tryGet(key, now, hit))
            ++counted.hits;
        else
            store.insert(entryFor(key), now, [](const Entry *) { return true; });
        m_clock.advance(250us);
    }
    double hitRatioOf(const Requests &requests)
    {
        for (const std::uint32_t number : requests)
            ask(number);
        return double(counted.hits) / double(counted.lookups);
    }
    void write(std::uint32_t number) { store.insert(entryFor("stock:" + std::to_string(number)), m_clock.now()); }
    WhatIfReport report() { return store.whatIf().report(counted); }
    void pass(Duration time)
    {
        m_clock.advance(time);
        store.whatIf().roll(counted, m_clock.now());
    }

private:
    EntryPtr entryFor(const std::string &key) const
    {
        EntryFields fields;
        fields.key = keyOf(key.c_str());
        fields.ttl = m_ttl;
        fields.freshUntil = fields.refreshAt = m_clock.now() + m_ttl;
        return Entry::make(fields);
    }

    ManualClock m_clock;
    Duration m_ttl;

public:
    MemoryStore store;
    WhatIf::Counted counted;
};

Requests zipfRequests(std::uint64_t keys, double skew, std::size_t count)
{
    const ZipfSampler sampler(keys, skew);
    const auto random = Random::seeded(11);
    Requests requests;
    for (std::size_t i = 0; i < count; ++i)
        requests.push_back(std::uint32_t(sampler.next(*random)));
    return requests;
}

Requests inTurn(std::uint32_t keys, int rounds)
{
    Requests requests;
    for (int round = 0; round < rounds; ++round) {
        for (std::uint32_t number = 0; number < keys; ++number)
            requests.push_back(number);
    }
    return requests;
}

Requests traceRequests(const QString &name)
{
    const QString folder = sharedData(QStringLiteral("traces"));
    if (folder.isEmpty())
        return {};
    auto trace = TraceFile::read((folder + QLatin1Char('/') + name).toStdString());
    if (trace && trace->requests.size() > 200'000)
        trace->requests.resize(200'000);
    return trace ? trace->requests : Requests();
}

} // namespace

class TestWhatIf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void forecastIsWhatARealReplayHits_data()
    {
        QTest::addColumn<QString>("trace");
        QTest::addColumn<quint64>("entries");
        QTest::addColumn<int>("ttlSeconds");
        QTest::newRow("zipf") << QString() << quint64(6000) << 0;
        QTest::newRow("zipf that expires") << QString() << quint64(6000) << 8;
        QTest::newRow("oltp") << QStringLiteral("arc-oltp.txt.gz") << quint64(5000) << 0;
        QTest::newRow("oltp that expires") << QStringLiteral("arc-oltp.txt.gz") << quint64(5000) << 6;
        QTest::newRow("web") << QStringLiteral("cache2k-web07.txt.gz") << quint64(1500) << 4;
    }
    void forecastIsWhatARealReplayHits()
    {
        QFETCH(const QString, trace);
        QFETCH(const quint64, entries);
        QFETCH(const int, ttlSeconds);
        const Requests requests = trace.isEmpty() ? zipfRequests(60'000, 0.9, 150'000) : traceRequests(trace);
        if (requests.empty())
            QSKIP("the traces are not here: set INSITECACHE_SHARED_DATA");
        const Duration ttl = ttlSeconds ? Duration(std::chrono::seconds(ttlSeconds)) : foreverLife;
        AskedStore watched(entries, ttl);
        const double actual = watched.hitRatioOf(requests);
        const WhatIfReport report = watched.report();
        QCOMPARE(report.actual, actual);
        QVERIFY(std::abs(report.simulated - actual) < 0.1); // the sample lacks the hottest keys, or has too many
        double lowest = 1, highest = 0;
        const auto check = [&](const WhatIfReport::Case &one, double real) {
            qInfo("factor %.1f: %.4f, really %.4f", one.factor, one.hitRatio, real);
            lowest = std::min(lowest, real);
            highest = std::max(highest, real);
            return std::abs(one.hitRatio - real) <= 0.03;
        };
        for (const WhatIfReport::Case &one : report.capacity) {
            AskedStore other(std::uint64_t(double(entries) * one.factor), ttl, false);
            QVERIFY(check(one, other.hitRatioOf(requests)));
        }
        for (const WhatIfReport::Case &one : ttlSeconds ? report.ttl : std::vector<WhatIfReport::Case>()) {
            AskedStore other(entries, Duration(Duration::rep(double(ttl.count()) * one.factor)), false);
            QVERIFY(check(one, other.hitRatioOf(requests)));
        }
        QVERIFY(highest - lowest > 0.08); // a forecast that says the same of all would not pass
    }

    void verdictNamesTheRemedy()
    {
        AskedStore small(1000); // 250 us a request
        small.hitRatioOf(inTurn(1500, 10));
        QCOMPARE(small.report().verdict, WhatIfReport::Verdict::CapacityBound);
        AskedStore shortLived(10'000, 40ms);
        shortLived.hitRatioOf(inTurn(200, 50));
        QCOMPARE(shortLived.report().verdict, WhatIfReport::Verdict::TtlBound);
        AskedStore fine(10'000);
        fine.hitRatioOf(inTurn(200, 50));
        QCOMPARE(fine.report().verdict, WhatIfReport::Verdict::Neither);
        AskedStore unused(10'000);
        unused.hitRatioOf(inTurn(200, 4));
        QCOMPARE(unused.report().verdict, WhatIfReport::Verdict::TooFewSamples);
    }

    // A longer life helps less where there is no room to keep the value so long.
    void longerLifeNeedsRoom()
    {
        const auto gain = [](std::uint64_t entries) {
            AskedStore store(entries, 2s);
            store.hitRatioOf(zipfRequests(5000, 0.6, 60'000));
            const WhatIfReport report = store.report();
            return report.ttl.back().hitRatio - report.actual;
        };
        const double narrow = gain(500);
        const double roomy = gain(5000);
        QVERIFY2(narrow < roomy / 2, qPrintable(QStringLiteral("%1, %2").arg(narrow).arg(roomy)));
    }

    void sampleThinsOutWithKeysAndUses()
    {
        AskedStore many(100'000);
        many.hitRatioOf(inTurn(50'000, 1));
        QVERIFY(many.report().sampleRate >= 32);
        AskedStore busy(1000);
        for (int i = 0; i < 5; ++i)
            busy.hitRatioOf(inTurn(100, 200)); // 20'000 in 5 s
        QCOMPARE(busy.report().sampleRate, 1u);
        ManualClock still;
        const MemoryTierOptions options{.maxEntries = 1000};
        MemoryStore rushed(options);
        MemoryHit hit;
        EntryFields fields;
        fields.ttl = foreverLife;
        fields.freshUntil = fields.refreshAt = still.now() + foreverLife;
        for (int number = 0; number < 100; ++number) {
            fields.key = CacheKey::make("stock", std::to_string(number)).value();
            rushed.insert(Entry::make(fields), still.now());
        }
        for (int i = 0; i < 100'000; ++i)
            QVERIFY(rushed.tryGet("stock:" + std::to_string(i % 100), still.now(), hit));
        QVERIFY(rushed.whatIf().report({}).sampleRate >= 4);
    }

    void whatIsInvalidatedIsGoneFromLargerCachesToo()
    {
        AskedStore store(50);
        for (std::uint32_t i = 0; i < 3000; ++i) {
            store.ask(i % 100);
            store.store.erase(Selector::keys({keyOf(("stock:" + std::to_string((i + 1) % 100)).c_str())}), {});
        }
        QVERIFY(store.report().capacity.back().hitRatio < 0.01);
    }

    void writesAreNoRequestsButFreshen()
    {
        AskedStore store(1000, 1s);
        for (std::uint32_t number = 0; number < 100; ++number)
            store.write(number);
        QCOMPARE(store.report().sampledUses, 0u);
        for (std::uint32_t i = 0; i < 1500; ++i) {
            store.write(i % 100);
            store.ask(i % 100);
        }
        QCOMPARE(store.report().sampledUses, 1500u);
        QCOMPARE(store.report().simulated, 1.0);
        AskedStore written(100);
        for (std::uint32_t number = 0; number < 50'000; ++number)
            written.write(number);
        QVERIFY(written.report().sampleRate > 1); // what nobody asks for does not pile up either
    }

    void windowForgetsAndWatchesMoreWhenItIsQuiet()
    {
        AskedStore store(100'000);
        store.hitRatioOf(inTurn(20'000, 2));
        QVERIFY(store.report().sampleRate > 1);
        store.pass(5min);
        QVERIFY(store.report().sampledUses > 0);
        store.pass(5min);
        QCOMPARE(store.report().sampledUses, 0u);
        QCOMPARE(store.report().sampleRate, 1u);
        QCOMPARE(store.report().verdict, WhatIfReport::Verdict::TooFewSamples);
    }

    void canBeSwitchedOff()
    {
        AskedStore off(1000, foreverLife, false);
        off.hitRatioOf(inTurn(200, 20));
        QCOMPARE(off.report().sampledUses, 0u);
        MemoryTierOptions lru;
        lru.eviction = Eviction::Lru;
        QVERIFY(!MemoryStore(lru).whatIf().isOn());
        QVERIFY(MemoryStore(MemoryTierOptions{}).whatIf().isOn());
    }

    void cacheReportsWhatItsMetricsCount()
    {
        CacheRig rig;
        for (int number = 0; number < 100; ++number)
            rig.source->answers.emplace("stock:" + std::to_string(number), "\x01");
        for (int i = 0; i < 2000; ++i) {
            rig.get(("stock:" + std::to_string(i % 100)).c_str());
            rig.clock.advance(1ms);
        }
        const auto report = rig.cache.whatIf();
        QVERIFY(report.has_value());
        QCOMPARE(report->actual, 0.95);
        QCOMPARE(report->simulated, 0.95);
        QCOMPARE(report->sampledUses, 2000u);
        QCOMPARE(report->verdict, WhatIfReport::Verdict::Neither);
    }
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "tst_whatif.moc"
