// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "cache/followertable.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// Loads of keys named by single letters, a second apart; a space is a minute in which nothing happens.
struct Loads {
    FollowerTable table;
    SteadyTime now{1h};

    static CacheKey key(char name) { return keyOf(std::string("stock:") + name); }
    std::string load(const char *names)
    {
        std::string predicted;
        for (; *names; ++names) {
            now += *names == ' ' ? 60s : 1s;
            if (*names == ' ')
                continue;
            predicted.clear();
            for (const CacheKey &next : table.loaded(key(*names), now))
                predicted += next.text().back();
        }
        return predicted;
    }
};

} // namespace

class TestFollowerTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fiveTimesAreEvidence()
    {
        Loads loads;
        QCOMPARE(loads.load("AB AB AB AB A"), std::string());
        QCOMPARE(loads.load("B A"), std::string("B"));
        QCOMPARE(loads.load("C"), std::string());
    }

    void halfOfTheTimesIsEnough()
    {
        Loads loads;
        QCOMPARE(loads.load("AB AC AB AC AB AC A"), std::string("BC"));
        QCOMPARE(loads.load("B A A A A"), std::string());
    }

    void theNextThreeWithinFiveSecondsFollow()
    {
        Loads near, far, late;
        QCOMPARE(near.load("AxyB AzvB AuwB AqpB AmnB A"), std::string("B"));
        QCOMPARE(far.load("AxyrB AzvrB AuwrB AqprB AmnrB A"), std::string("r"));
        for (int i = 0; i < 6; ++i) {
            late.load(" A");
            late.now += 5s;
            late.load("B");
        }
        QCOMPARE(late.load(" A"), std::string());
    }

    void whatHasEndedIsForgotten()
    {
        Loads loads;
        for (int i = 0; i < 100; ++i)
            loads.load("AB ");
        QCOMPARE(loads.load("A"), std::string("B"));
        for (int i = 0; i < 70; ++i)
            loads.load(" AC");
        QCOMPARE(loads.load(" A").find('B'), std::string::npos);
    }

    void aPredictionKeepsItsEvidenceWhenItIsConfirmed()
    {
        Loads confirmed, refuted, needless;
        for (Loads *loads : {&confirmed, &refuted, &needless})
            loads->load("AB AB AB AB AB AB");
        for (int i = 0; i < 20; ++i) {
            confirmed.load(" A");
            confirmed.table.cameTrue(Loads::key('A'), Loads::key('B'));
            refuted.load(" A");
            needless.load(" A");
            needless.table.notNeeded(Loads::key('A'), Loads::key('B'));
        }
        QCOMPARE(confirmed.load(" A"), std::string("B"));
        QCOMPARE(refuted.load(" A"), std::string());
        QCOMPARE(needless.load(" A"), std::string("B"));
    }

    void itIsBounded()
    {
        FollowerTable table;
        for (std::size_t i = 0; i < FollowerTable::maxKeys + 100; ++i)
            table.loaded(keyOf("stock:" + std::to_string(i)), SteadyTime(1h));
        QCOMPARE(table.keys(), FollowerTable::maxKeys);
    }
};

QTEST_APPLESS_MAIN(TestFollowerTable)
#include "tst_followertable.moc"
