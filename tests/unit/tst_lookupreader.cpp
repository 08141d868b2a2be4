// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <future>

#include <QFuture>

#include "cache/lookupreader.h"
#include "support/cacherig.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

LookupPtr lookupOf(std::initializer_list<const char *> texts)
{
    std::vector<CacheKey> keys;
    std::vector<std::size_t> places;
    for (const char *text : texts) {
        places.push_back(keys.size());
        keys.push_back(keyOf(text));
    }
    std::vector<Lookup> answers(keys.size());
    auto lookup = std::make_shared<LookupUnderWay>(
        LookupUnderWay{OpenLookups(std::move(keys), std::move(places)), std::move(answers), {}});
    lookup->promise.start();
    return lookup;
}

/// Some values are in L2 alone; a reader, and what it passed on.
struct ReaderRig : CacheRig {
    std::vector<std::string> refreshed;
    std::promise<std::vector<LookupPtr>> passedOn;
    LookupReader reader{cache, [this](const CacheKey &key) { refreshed.push_back(key.text()); },
        [this](std::vector<LookupPtr> lookups) { passedOn.set_value(std::move(lookups)); }};

    ReaderRig()
    {
        for (const char *text : {"stock:A", "stock:B", "stock:C"}) {
            source->answers[text] = text;
            get(text);
        }
        l1->remove(Selector::all(), [](const auto &) {});
    }
    ~ReaderRig() { reader.close(); }

    QFuture<std::vector<Lookup>> take(std::initializer_list<const char *> texts)
    {
        LookupPtr lookup = lookupOf(texts);
        auto future = lookup->promise.future();
        return reader.take(std::move(lookup)) ? future : QFuture<std::vector<Lookup>>();
    }
    /// What is taken while L2 is read for the first time.
    template <class Take>
    QFuture<std::vector<Lookup>> duringFirstRead(const char *text, Take take)
    {
        std::promise<void> reached, goOn;
        direct->meanwhile = [&] {
            reached.set_value();
            goOn.get_future().wait();
        };
        auto first = this->take({text});
        reached.get_future().wait();
        take();
        goOn.set_value();
        first.waitForFinished();
        return first;
    }
};

} // namespace

/// Lookups that a thread of the engine reads from L2 for those who do not wait.
class TestLookupReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allThatWaitIsOneQuestion()
    {
        ReaderRig rig;
        QFuture<std::vector<Lookup>> second, third;
        const auto first = rig.duringFirstRead("stock:A", [&] {
            second = rig.take({"stock:B"});
            third = rig.take({"stock:C"});
        });
        QCOMPARE(first.result().at(0).entry->payload(), std::string("stock:A"));
        QCOMPARE(second.result().at(0).entry->payload(), std::string("stock:B"));
        QCOMPARE(third.result().at(0).entry->payload(), std::string("stock:C"));
        QCOMPARE(rig.direct->reads, 2);
    }

    void keyThatTwoAskForIsReadOnce()
    {
        ReaderRig rig;
        QFuture<std::vector<Lookup>> second, third;
        rig.duringFirstRead("stock:A", [&] {
            second = rig.take({"stock:B"});
            third = rig.take({"stock:B"});
        });
        QCOMPARE(second.result().at(0).answeredBy, Stage::L2);
        QCOMPARE(third.result().at(0).answeredBy, Stage::L1);
        QCOMPARE(rig.direct->reads, 2);
    }

    void onlyWhatIsOpenIsPassedOn()
    {
        ReaderRig rig;
        const LookupPtr mixed = lookupOf({"stock:X", "stock:A", "stock:Y", "stock:B"});
        QVERIFY(rig.reader.take(mixed));
        const auto rest = rig.passedOn.get_future().get();
        QCOMPARE(rest.size(), 1u);
        QCOMPARE(rest[0], mixed);
        QCOMPARE(mixed->open.keys, (std::vector{keyOf("stock:X"), keyOf("stock:Y")}));
        QCOMPARE(mixed->open.places, (std::vector<std::size_t>{0, 2}));
        QCOMPARE(mixed->answers[1].entry->payload(), std::string("stock:A"));
        QCOMPARE(mixed->answers[3].entry->payload(), std::string("stock:B"));
    }

    // They share a flight on the cache thread, with whoever was passed on before them.
    void missThatTwoAskForIsReadOnce()
    {
        ReaderRig rig;
        rig.duringFirstRead("stock:A", [&] {
            rig.take({"stock:X"});
            rig.take({"stock:X"});
        });
        QCOMPARE(rig.passedOn.get_future().get().size(), 2u);
        QCOMPARE(rig.direct->reads, 2);
    }

    void hitThatIsDueIsRefreshed()
    {
        ReaderRig rig;
        rig.clock.advance(290s);
        QVERIFY(rig.take({"stock:B"}).result().at(0).refreshing);
        QCOMPARE(rig.refreshed, std::vector<std::string>{"stock:B"});
    }

    void whatWaitsAtTheEndIsPassedOnUnread()
    {
        ReaderRig rig;
        std::thread closing;
        std::size_t taken = 0;
        rig.duringFirstRead("stock:A", [&] {
            rig.take({"stock:B"});
            closing = std::thread([&] { rig.reader.close(); });
            while (rig.reader.take(lookupOf({"stock:C"})))
                ++taken;
        });
        QCOMPARE(rig.passedOn.get_future().get().size(), taken + 1);
        closing.join();
        QCOMPARE(rig.direct->reads, 1);
    }

    void firstPromiseIsKeptLast()
    {
        std::vector<int> order;
        std::vector<LookupPtr> lookups;
        for (int i = 0; i < 3; ++i) {
            lookups.push_back(lookupOf({"stock:A"}));
            lookups.back()->promise.future().then([&order, i](const std::vector<Lookup> &) { order.push_back(i); });
        }
        keepPromises(lookups);
        QCOMPARE(order, (std::vector{2, 1, 0}));
    }
};

QTEST_GUILESS_MAIN(TestLookupReader)
#include "tst_lookupreader.moc"
