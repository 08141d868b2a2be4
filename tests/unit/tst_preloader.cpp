// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "cache/hotkeysfile.h"
#include "cache/preloadbudget.h"
#include "cache/preloader.h"
#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

constexpr const char *abc[] = {"stock:A", "stock:B", "stock:C"};

SourceStatus providerWith(std::optional<long long> left, std::optional<double> remaining)
{
    SourceStatus status;
    status.callsLeft = left;
    status.quotaRemaining = remaining;
    return status;
}

} // namespace

class TestPreloader : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString file() const { return m_dir->filePath(QStringLiteral("state/hot")); }
    PreloadOptions hottest() const
    {
        PreloadOptions options;
        options.hottest = true;
        options.file = file().toStdString();
        return options;
    }
    static PreloadOptions next()
    {
        PreloadOptions options;
        options.next = true;
        return options;
    }
    /// A is read once, B twice, C thrice; and again by L1.
    static void readSome(CacheRig &rig)
    {
        int times = 2;
        for (const char *key : abc) {
            rig.source->answers.insert_or_assign(key, "v");
            for (int i = 0; i < times; ++i)
                rig.get(key);
            ++times;
        }
    }
    void runOnce() const
    {
        CacheRig rig;
        Preloader preloader(rig.cache, hottest());
        readSome(rig);
        preloader.finish();
    }
    static std::vector<std::string> textsOf(const std::vector<CacheKey> &keys)
    {
        std::vector<std::string> texts;
        for (const CacheKey &key : keys)
            texts.push_back(key.text());
        return texts;
    }
    /// What the source was asked for, one key after the other.
    static std::vector<std::string> askedFor(const CacheRig &rig)
    {
        std::vector<CacheKey> keys;
        for (const auto &call : rig.source->calls)
            keys.insert(keys.end(), call.begin(), call.end());
        return textsOf(keys);
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void theHottestAreWrittenInOrder()
    {
        runOnce();
        const auto keys = readHotKeys(file().toStdString(), 10);
        QVERIFY2(keys, keys ? "" : keys.error().message.c_str());
        QCOMPARE(keys->size(), 3u);
        QCOMPARE((*keys)[0].key.text(), std::string("stock:C"));
        QCOMPARE((*keys)[2].key.text(), std::string("stock:A"));
        QCOMPARE(readHotKeys(file().toStdString(), 2)->size(), 2u);
        QCOMPARE(
            QFile::permissions(file()) & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
    }

    // The next process finds the values in the tiers below: nothing is asked for upstream.
    void theyAreLoadedFromTheTiersFirst()
    {
        runOnce();
        CacheRig rig;
        readSome(rig);
        rig.source->calls.clear();
        rig.l1->remove(Selector::all(), [](const auto &) {});
        const MetricsTotals before = rig.metrics->totals();
        Preloader preloader(rig.cache, hottest());
        QVERIFY(!rig.has(*rig.l1, "stock:A"));
        preloader.start();
        for (const char *key : abc)
            QVERIFY(rig.has(*rig.l1, key));
        QVERIFY(rig.source->calls.empty());
        const MetricsTotals after = rig.metrics->totals();
        QCOMPARE(after.preload.hottest, 3u);
        QCOMPARE(after.preload.fromSource, 0u);
        QCOMPARE(after.all.lookups, before.all.lookups);
        for (int tier = 0; tier < tierCount; ++tier)
            QCOMPARE(after.tiers[tier].lookups, before.tiers[tier].lookups);
    }

    void whatNoTierHasIsAskedForHottestFirst()
    {
        runOnce();
        CacheRig rig;
        for (const char *key : abc)
            rig.source->answers.insert_or_assign(key, "v");
        Preloader preloader(rig.cache, hottest());
        preloader.start();
        QVERIFY(rig.source->calls.empty());
        preloader.tick();
        QCOMPARE(askedFor(rig), (std::vector<std::string>{"stock:C", "stock:B", "stock:A"}));
        QVERIFY(rig.has(*rig.l1, "stock:A"));
        QCOMPARE(rig.metrics->totals().preload.fromSource, 3u);
    }

    // The allowance itself is below; here that it is asked for each second, and waited for.
    void theQuotaIsLeftToThoseWhoAsk()
    {
        runOnce();
        CacheRig rig;
        for (const char *key : abc)
            rig.source->answers.insert_or_assign(key, "v");
        rig.source->callsLeft = 81;
        rig.source->quotaRemaining = 0.81; // of 100: one may be taken until 80 are left
        Preloader preloader(rig.cache, hottest());
        preloader.start();
        preloader.tick();
        QCOMPARE(askedFor(rig), (std::vector<std::string>{"stock:C"}));
        rig.source->callsLeft = 80;
        rig.source->quotaRemaining = 0.8;
        preloader.tick();
        QCOMPARE(rig.source->calls.size(), 1u);
        rig.source->callsLeft = 100;
        rig.source->quotaRemaining = 1;
        preloader.tick();
        QCOMPARE(askedFor(rig), (std::vector<std::string>{"stock:C", "stock:B", "stock:A"}));
    }

    void theAllowanceKeepsToEveryProvider()
    {
        QCOMPARE(preloadAllowance({}, 0.2, 8), 8u);
        QCOMPARE(preloadAllowance({}, 0, 8), 0u);
        QCOMPARE(preloadAllowance({providerWith(100, 1.0)}, 0.2, 8), 8u);
        QCOMPARE(preloadAllowance({providerWith(83, 0.83)}, 0.2, 8), 3u);
        QCOMPARE(preloadAllowance({providerWith(50, 0.5)}, 0.2, 8), 0u);
        QCOMPARE(preloadAllowance({providerWith(50, 0.5)}, 1, 8), 8u);
        QCOMPARE(preloadAllowance({providerWith(100, 1.0), providerWith(82, 0.82)}, 0.2, 8), 2u);
        QCOMPARE(preloadAllowance({providerWith(0, 0.0)}, 1, 8), 0u);
        QCOMPARE(preloadAllowance({providerWith(5, {})}, 0.2, 8), 0u);
        SourceStatus frozen;
        frozen.frozenFor = 1s;
        QCOMPARE(preloadAllowance({frozen}, 0.2, 8), 0u);
        frozen.configured = false;
        QCOMPARE(preloadAllowance({frozen}, 0.2, 8), 8u);
    }

    void aDamagedListLosesNothingButTheList_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("of something else") << QByteArray("[policy]\nttl = 3\n");
        QTest::newRow("cut off") << QByteArray("cut");
        QTest::newRow("changed") << QByteArray("changed");
    }
    void aDamagedListLosesNothingButTheList()
    {
        QFETCH(QByteArray, text);
        runOnce();
        QFile list(file());
        QVERIFY(list.open(QIODevice::ReadWrite));
        QByteArray whole = list.readAll();
        if (text == "cut")
            text = whole.left(whole.size() - 3);
        else if (text == "changed")
            text = whole.replace("stock:A", "stock:Z");
        list.resize(0);
        list.seek(0);
        list.write(text);
        list.close();
        const auto read = readHotKeys(file().toStdString(), 10);
        QVERIFY(!read && read.error().code == ErrorCode::Corrupt);
        QVERIFY(read.error().message.find(file().toStdString()) != std::string::npos);
        CacheRig rig;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("the list of hot keys in ")));
        Preloader preloader(rig.cache, hottest());
        preloader.start();
        readSome(rig);
        preloader.finish();
        QCOMPARE(readHotKeys(file().toStdString(), 10)->size(), 3u);
    }

    // A process that ends before it began, or that nobody asked, must not put an empty list in its place.
    void aShortRunKeepsTheList()
    {
        runOnce();
        {
            CacheRig rig;
            Preloader preloader(rig.cache, hottest());
            preloader.finish();
        }
        const auto keys = readHotKeys(file().toStdString(), 10);
        QCOMPARE(keys->size(), 3u);
        QCOMPARE((*keys)[0].heat, 3.0);
    }

    void itIsWrittenEveryFiveMinutes()
    {
        CacheRig rig;
        Preloader preloader(rig.cache, hottest());
        readSome(rig);
        rig.clock.advance(299s);
        preloader.tick();
        QVERIFY(!QFile::exists(file()));
        rig.clock.advance(1s);
        preloader.tick();
        QVERIFY(QFile::exists(file()));
    }

    // A lease that a look had left behind would keep the next lookup from storing what it loaded.
    void aLookThatFoundNothingKeepsNobodyFromStoring()
    {
        CacheRig rig;
        rig.cache.warm({keyOf("stock:A")}, false, [](const auto &) {});
        QVERIFY(rig.l2->getSizes.empty() && rig.l3->getSizes.empty());
        rig.source->answers.insert_or_assign("stock:A", "v");
        const Lookup answer = rig.get("stock:A");
        for (const bool stored : answer.stored)
            QVERIFY(stored);
    }

    // What was loaded before an invalidation must not come into L1 after it, by whichever way.
    void anInvalidationOvertakesAWarmUp()
    {
        CacheRig rig;
        rig.source->answers.insert_or_assign("stock:A", "v");
        rig.get("stock:A");
        rig.l1->remove(Selector::all(), [](const auto &) {});
        rig.l2->holdAnswers = true;
        WarmOutcome outcome = WarmOutcome::Present;
        rig.cache.warm({keyOf("stock:A")}, false, [&](const auto &outcomes) { outcome = outcomes.at(0); });
        rig.invalidate(invalidationOf("stock:A"));
        rig.l2->release();
        QVERIFY(outcome != WarmOutcome::Present);
        QVERIFY(!rig.has(*rig.l1, "stock:A"));
    }

    // The lookup must have its answer, although the load that it joins was not to ask anybody.
    void aLookupJoinsAWarmUpAndStillAsksTheSource()
    {
        CacheRig rig;
        rig.source->answers.insert_or_assign("stock:A", "v");
        rig.l2->holdAnswers = true;
        bool warmed = false;
        rig.cache.warm({keyOf("stock:A")}, false, [&](const auto &) { warmed = true; });
        std::vector<Lookup> answers;
        rig.cache.lookup({keyOf("stock:A")}, {}, [&](std::vector<Lookup> out) { answers = std::move(out); });
        rig.l2->release();
        QVERIFY(warmed);
        QCOMPARE(answers.at(0).answeredBy, Stage::Source);
        QCOMPARE(rig.metrics->totals().all.lookups, 1u);
    }

    void whatUsuallyFollowsIsLoadedToo()
    {
        CacheRig rig;
        Preloader preloader(rig.cache, next());
        preloader.start();
        for (const char *key : {"stock:A", "search:a"})
            rig.source->answers.insert_or_assign(key, "v");
        for (int i = 0; i < 7; ++i) {
            rig.l1->remove(Selector::all(), [](const auto &) {});
            rig.get("stock:A");
            QCOMPARE(rig.has(*rig.l1, "search:a"), i > 4);
            if (i <= 4)
                rig.get("search:a");
            rig.clock.advance(10s);
        }
        QCOMPARE(rig.metrics->totals().preload.next, 2u);
    }

    void aPredictionIsUsedOrWasted()
    {
        CacheRig rig;
        Preloader preloader(rig.cache, next());
        preloader.start();
        for (const char *key : {"stock:A", "search:a"})
            rig.source->answers.insert_or_assign(key, "v");
        for (int i = 0; i < 6; ++i) {
            rig.l1->remove(Selector::all(), [](const auto &) {});
            rig.get("stock:A");
            rig.get("search:a");
            rig.clock.advance(10s);
        }
        preloader.tick();
        QCOMPARE(rig.metrics->totals().preload.used, 1u);
        rig.l1->remove(Selector::all(), [](const auto &) {});
        rig.get("stock:A");
        preloader.tick();
        QCOMPARE(rig.metrics->totals().preload.wasted, 0u);
        rig.l1->remove(Selector::all(), [](const auto &) {});
        preloader.tick();
        QCOMPARE(rig.metrics->totals().preload.wasted, 1u);
        QCOMPARE(rig.metrics->totals().preload.used, 1u);
    }

    void badOptionsAreRefused()
    {
        PreloadOptions options = hottest();
        QVERIFY(options.validate());
        options.keys = 0;
        QVERIFY(!options.validate());
        options = hottest();
        options.quotaShare = 1.5;
        QVERIFY(!options.validate());
        options = hottest();
        options.file.clear();
        QVERIFY(!options.validate());
    }
};

QTEST_GUILESS_MAIN(TestPreloader)
#include "tst_preloader.moc"
