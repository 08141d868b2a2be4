// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <map>

#include <insitecache/base/random.h>

#include "tiers/expirywheel.h"

using namespace insitecache;

namespace {

using Tick = ExpiryWheel::Tick;
using Id = ExpiryWheel::Id;

/// A wheel, and when which of its timers is due.
struct WheelRig {
    explicit WheelRig(Tick start = 0) : wheel(start) {}

    void add(Id id, Tick when)
    {
        due[id] = when;
        wheel.add(id, when);
    }
    void remove(Id id)
    {
        wheel.remove(id, due[id]);
        due.erase(id);
    }
    /// How many it looked at.
    std::size_t advance(Tick now, std::size_t limit = SIZE_MAX)
    {
        std::size_t looked = 0;
        toldAll = wheel.advance(
            now, limit,
            [&](Id id) {
                ++looked;
                return due.at(id);
            },
            [&](Id id) {
                fired.push_back(id);
                due.erase(id);
            });
        return looked;
    }

    ExpiryWheel wheel;
    std::map<Id, Tick> due;
    std::vector<Id> fired;
    bool toldAll = false;
};

} // namespace

// Any sequence of calls against a slow model: tst_l1plays.
class TestExpiryWheel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firesToTheMillisecond_data()
    {
        QTest::addColumn<qint64>("start");
        QTest::addColumn<int>("reach"); ///< the longest time ahead, as a power of two
        for (const qint64 start : {qint64(0), qint64(63), qint64(4095), (qint64(1) << 30) - 3}) {
            for (const int reach : {4, 9, 16, 24, 30})
                QTest::addRow("from %lld, 2^%d ahead", start, reach) << start << reach;
        }
    }
    void firesToTheMillisecond()
    {
        QFETCH(const qint64, start);
        QFETCH(const int, reach);
        const auto random = Random::seeded(std::uint64_t(start + reach));
        WheelRig rig(start);
        for (Id id = 1; id <= 500; ++id)
            rig.add(id, start + 1 + Tick(random->bits() % (std::uint64_t(1) << reach)));
        while (!rig.due.empty()) {
            const auto next = std::min_element(
                rig.due.begin(), rig.due.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
            const auto [id, when] = *next;
            rig.fired.clear();
            rig.advance(when - 1);
            QVERIFY(rig.fired.empty());
            rig.advance(when);
            QVERIFY(std::find(rig.fired.begin(), rig.fired.end(), id) != rig.fired.end());
        }
        QCOMPARE(rig.wheel.size(), 0u);
    }

    // However far ahead it was set: nothing is spread over the levels for a time that all share.
    void aHundredThousandForOneTimeAreLookedAtOnce()
    {
        WheelRig rig;
        for (Id id = 1; id <= 100'000; ++id)
            rig.add(id, 3'600'000);
        std::size_t looked = 0;
        for (Tick now = 0; now < 3'600'000; now += 997)
            looked += rig.advance(now);
        QCOMPARE(looked, 0u);
        for (int call = 1; call <= 500; ++call) {
            QCOMPARE(rig.advance(3'600'000, 200), 200u);
            QCOMPARE(rig.toldAll, call == 500);
        }
        QCOMPARE(rig.fired.size(), 100'000u);
    }

    void whatWasTakenBackTakesNoRoom()
    {
        WheelRig rig;
        for (Id id = 1; id <= 50'000; ++id)
            rig.add(id, 1'000'000 + id % 100'000);
        const auto bytesEach = [&] { return double(rig.wheel.bytes()) / 50'000; };
        QVERIFY2(bytesEach() < 5.2, qPrintable(QString::number(bytesEach())));
        for (Id id = 1; id <= 200'000; ++id) {
            rig.remove(id);
            rig.add(50'000 + id, 1'000'000 + id % 100'000);
        }
        QCOMPARE(rig.wheel.size(), 50'000u);
        QVERIFY2(bytesEach() < 5.4, qPrintable(QString::number(bytesEach())));
    }

    void aTimeThatHasPassedFiresAtOnce()
    {
        WheelRig rig(1000);
        rig.add(1, 3);
        rig.add(2, 1000);
        rig.remove(2);
        rig.advance(1000);
        QCOMPARE(rig.fired, std::vector<Id>{1});
        QCOMPARE(rig.wheel.size(), 0u);
    }

    void oneOfThoseDueNowCanBeTakenBack()
    {
        // The limit stops the wheel at the very time of both, in a slot of a higher level.
        WheelRig rig;
        rig.add(1, 64);
        rig.add(2, 64);
        QCOMPARE(rig.advance(100, 1), std::size_t(1));
        QVERIFY(!rig.toldAll);
        rig.remove(rig.due.begin()->first);
        QCOMPARE(rig.wheel.size(), std::size_t(0));
        QCOMPARE(rig.advance(1000), std::size_t(0));
    }

    void neverIsNotKept()
    {
        ExpiryWheel wheel;
        wheel.add(1, ExpiryWheel::never);
        wheel.remove(1, ExpiryWheel::never);
        QCOMPARE(wheel.size(), 0u);
    }
};

QTEST_APPLESS_MAIN(TestExpiryWheel)
#include "tst_expirywheel.moc"
