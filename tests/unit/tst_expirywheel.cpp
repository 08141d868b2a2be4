// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <map>

#include <insitecache/base/random.h>

#include "tiers/expirywheel.h"

using namespace insitecache;

namespace {

using Tick = ExpiryWheel::Tick;

/// What a wheel should do, by looking at everything.
class SlowWheel {
public:
    void set(ExpiryWheel::Id id, Tick when) { m_when[id] = when; }
    void drop(ExpiryWheel::Id id) { m_when.erase(id); }
    Tick dueOf(ExpiryWheel::Id id) const
    {
        const auto found = m_when.find(id);
        return found == m_when.end() ? ExpiryWheel::notAnymore : found->second;
    }
    std::vector<ExpiryWheel::Id> advance(Tick now)
    {
        std::vector<ExpiryWheel::Id> due;
        for (auto it = m_when.begin(); it != m_when.end();) {
            if (it->second > now) {
                ++it;
                continue;
            }
            due.push_back(it->first);
            it = m_when.erase(it);
        }
        return due;
    }

private:
    std::map<ExpiryWheel::Id, Tick> m_when;
};

struct WheelRig {
    explicit WheelRig(Tick start) : wheel(start) {}

    void add(ExpiryWheel::Id id, Tick when)
    {
        slow.set(id, when);
        wheel.add(id, when);
    }
    bool agreesAt(Tick now)
    {
        std::vector<ExpiryWheel::Id> fired;
        SlowWheel before = slow;
        wheel.advance(
            now, [&](ExpiryWheel::Id id) { return before.dueOf(id); },
            [&](ExpiryWheel::Id id) {
                fired.push_back(id);
                before.drop(id);
            });
        std::sort(fired.begin(), fired.end());
        return fired == slow.advance(now);
    }

    ExpiryWheel wheel;
    SlowWheel slow;
};

} // namespace

class TestExpiryWheel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firesWhatIsDueAndNothingElse_data()
    {
        QTest::addColumn<qint64>("start");
        QTest::addColumn<int>("reach"); ///< the longest time ahead, as a power of two
        for (const qint64 start : {qint64(0), qint64(63), qint64(4095), (qint64(1) << 30) - 3}) {
            for (const int reach : {4, 9, 16, 24, 30})
                QTest::addRow("from %lld, 2^%d ahead", start, reach) << start << reach;
        }
    }
    void firesWhatIsDueAndNothingElse()
    {
        QFETCH(const qint64, start);
        QFETCH(const int, reach);
        const auto random = Random::seeded(std::uint64_t(start + reach));
        WheelRig rig(start);
        Tick now = start;
        ExpiryWheel::Id next = 1;
        for (int round = 0; round < 400; ++round) {
            for (int i = 0; i < 10; ++i)
                rig.add(next++, now + Tick(random->bits() % (std::uint64_t(1) << reach)));
            if (random->unit() < 0.5)
                rig.slow.drop(ExpiryWheel::Id(1 + random->bits() % next));
            now += Tick(random->bits() % (std::uint64_t(1) << (reach - 2)));
            QVERIFY2(rig.agreesAt(now), qPrintable(QStringLiteral("at %1").arg(now)));
        }
        QVERIFY(rig.agreesAt(now + (Tick(1) << reach)));
        QCOMPARE(rig.wheel.size(), 0u);
    }

    // The owner may answer with another time than it had when it added the id.
    void whatWasPutOffFiresLater()
    {
        WheelRig rig(0);
        rig.add(1, 10);
        rig.slow.set(1, 5000);
        QVERIFY(rig.agreesAt(10));
        QCOMPARE(rig.wheel.size(), 1u);
        QVERIFY(rig.agreesAt(4999));
        QVERIFY(rig.agreesAt(5000));
        QCOMPARE(rig.wheel.size(), 0u);
    }

    void aTimeThatHasPassedFiresAtOnce()
    {
        WheelRig rig(1000);
        rig.add(1, 3);
        QVERIFY(rig.agreesAt(1000));
        QCOMPARE(rig.wheel.size(), 0u);
    }

    void neverIsNotKept()
    {
        ExpiryWheel wheel;
        wheel.add(1, ExpiryWheel::never);
        QCOMPARE(wheel.size(), 0u);
    }
};

QTEST_APPLESS_MAIN(TestExpiryWheel)
#include "tst_expirywheel.moc"
