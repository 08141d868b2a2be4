// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "cli/verifyoracle.h"

using namespace insitecache;
using namespace std::chrono_literals;

namespace {

using History = std::vector<VerifyRecord>;
using Kind = VerifyRecord::Kind;

VerifyRecord change(std::int64_t at, std::uint32_t version, std::uint16_t key = 1)
{
    return {at, 0, version, key, Kind::Change, true};
}
VerifyRecord invalidation(std::int64_t start, std::int64_t end, std::uint32_t version, bool acknowledged = true)
{
    return {start, end, version, 1, Kind::Invalidation, acknowledged};
}
VerifyRecord read(std::int64_t start, std::int64_t end, std::uint32_t version, bool intact = true)
{
    return {start, end, version, 1, Kind::Read, intact};
}

constexpr std::int64_t ms = 1'000'000;

VerifyFindings check(const std::vector<History> &histories, const std::vector<VerifyWindow> &broken = {})
{
    return checkHistories(histories, broken, 50ms);
}

} // namespace

/// Histories written by hand: each check of the oracle must see what it is there for, and nothing else.
class TestVerifyOracle : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodHistoryHasNoFindings()
    {
        const VerifyFindings found = check({{change(10, 1), read(15, 16, 0), invalidation(10, 20, 1), read(25, 30, 1)},
            {read(12, 14, 1), read(20 + 10 * ms, 21 + 10 * ms, 1)}});
        QCOMPARE(found.reads, 4u);
        QCOMPARE(found.invalidations, 1u);
        QCOMPARE(found.bad, 0u);
        QCOMPARE(found.consistency(), 1.0);
        QVERIFY(found.maxStaleness == Duration::zero());
        QVERIFY(found.examples.empty());
    }

    void versionFromTheFutureIsInvented()
    {
        const VerifyFindings found = check({{change(100, 1), read(10, 90, 1), read(10, 110, 1)}});
        QCOMPARE(found.invented, 1u);
        QCOMPARE(found.bad, 1u);
    }

    void versionThatNeverWasIsInvented() { QCOMPARE(check({{change(1, 1), read(10, 11, 7)}}).invented, 1u); }

    void foreignPayloadIsInvented() { QCOMPARE(check({{change(1, 1), read(10, 11, 1, false)}}).invented, 1u); }

    void staleAfterItsOwnAcknowledgement()
    {
        const VerifyFindings found = check({{change(10, 1), invalidation(10, 20, 1), read(21, 25, 0)}});
        QCOMPARE(found.staleOwn, 1u);
        QCOMPARE(found.bad, 1u);
        QCOMPARE(found.examples.size(), 1u);
    }

    // A read that had begun before may give what was right then; so may one whose invalidation reached not all tiers.
    void nothingWasPromisedYet()
    {
        QCOMPARE(check({{change(10, 1), invalidation(10, 20, 1), read(19, 25, 0)}}).bad, 0u);
        QCOMPARE(check({{change(10, 1), invalidation(10, 20, 1, false), read(30 + 99 * ms, 31 + 99 * ms, 0)}}).bad, 0u);
    }

    void anotherProcessHasFiftyMilliseconds()
    {
        const History writer{change(10, 1), invalidation(10, 20, 1)};
        const VerifyFindings soon = check({writer, {read(20 + 40 * ms, 21 + 40 * ms, 0)}});
        QCOMPARE(soon.bad, 0u);
        QVERIFY(soon.maxStaleness == 40ms);
        const VerifyFindings late = check({writer, {read(20 + 60 * ms, 21 + 60 * ms, 0)}});
        QCOMPARE(late.staleLate, 1u);
        QCOMPARE(late.bad, 1u);
        QVERIFY(late.maxStaleness == 60ms);
    }

    // The first acknowledged version that the read should have known counts, not the last.
    void stalenessIsCountedFromTheFirstMissedOne()
    {
        const VerifyFindings found
            = check({{change(1, 1), invalidation(1, 10 * ms, 1), change(2, 2), invalidation(2, 50 * ms, 2)},
                {read(65 * ms, 66 * ms, 0)}});
        QVERIFY(found.maxStaleness == 55ms);
        QCOMPARE(found.staleLate, 1u);
    }

    void whileSomethingIsBrokenItIsOnlyMeasured()
    {
        const VerifyFindings found = check(
            {{change(10, 1), invalidation(10, 20, 1)}, {read(20 + 900 * ms, 21 + 900 * ms, 0)}}, {{0, 1'000 * ms}});
        QCOMPARE(found.bad, 0u);
        QVERIFY(found.maxStaleness == Duration::zero());
        QVERIFY(found.maxStalenessBroken == 900ms);
    }

    void oneProcessNeverGoesBack()
    {
        const History writer{change(10, 1), invalidation(10, 20, 1)};
        QCOMPARE(check({writer, {read(22, 24, 1), read(25, 26, 0)}}).backward, 1u);
        // Two reads at the same time have no order.
        QCOMPARE(check({writer, {read(22, 27, 1), read(25, 26, 0)}}).backward, 0u);
        // Before the acknowledgement an old copy may still be met after a new one.
        QCOMPARE(check({writer, {read(12, 14, 1), read(15, 16, 0)}}).backward, 0u);
        // Other processes have eyes of their own.
        QCOMPARE(check({writer, {read(22, 24, 1)}, {read(25, 26, 0)}}).backward, 0u);
    }

    void lostInvalidationsCountOnceWhereverTheyAreMissing()
    {
        const std::vector<History> histories{{change(1, 1), invalidation(1, 2, 1), change(3, 2), invalidation(3, 4, 2),
            change(5, 3), invalidation(5, 6, 3, false)}};
        QCOMPARE(countLost(histories, {}), 0u);
        QCOMPARE(countLost(histories, {{1, 2}}), 0u); // the third was never acknowledged
        QCOMPARE(countLost(histories, {{1, 1}}), 1u);
        QCOMPARE(countLost(histories, {{1, 1}, {1, 0}, {2, 0}}), 2u);
    }

    void historiesSurviveTheirFile()
    {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("history")).toStdString();
        const History written{change(1, 1), read(2, 3, 1), invalidation(1, 4, 1, false)};
        const auto log = VerifyLog::open(path);
        QVERIFY(log.has_value());
        (*log)->append(written.data(), written.size());
        QVERIFY((*log)->finish());
        const auto back = VerifyLog::read(path);
        QCOMPARE(back->size(), written.size());
        QVERIFY(back->at(2).kind == Kind::Invalidation && !back->at(2).good && back->at(2).end == 4);
        QCOMPARE(VerifyLog::read(path + "-none").error().code, ErrorCode::Io);
    }
};

QTEST_GUILESS_MAIN(TestVerifyOracle)
#include "tst_verifyoracle.moc"
