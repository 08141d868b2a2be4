// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>
#include <QTest>

#include "sql/databasetier.h"
#include "support/manualclock.h"
#include "support/process.h"
#include "support/redisserver.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

Invalidation dueInvalidation(const char *text)
{
    Invalidation what;
    what.which = Selector::keys({keyOf(text)});
    what.reason = "after close";
    return what;
}

using Taken = Result<std::optional<ScheduledInvalidation>>;

Taken takeDue(DatabaseTier &tier)
{
    return await<Taken>([&](auto done) { tier.takeDue(done); });
}

ScheduledInvalidation put(DatabaseTier &tier, const char *text, WallTime due)
{
    ScheduledInvalidation scheduled{0, dueInvalidation(text), due, due - 1h, "me@here"};
    return await<Result<ScheduledInvalidation>>([&](auto done) { tier.addScheduled(scheduled, done); }).value();
}

Status settle(DatabaseTier &tier, std::uint64_t id, std::array<bool, tierCount> left = {})
{
    const bool tiers[tierCount] = {left[0], left[1], left[2]};
    return await<Status>([&](auto done) { tier.settleDue(id, tiers, done); });
}

std::vector<ScheduledInvalidation> all(DatabaseTier &tier)
{
    return await<Result<std::vector<ScheduledInvalidation>>>([&](auto done) { tier.scheduled(done); }).value();
}

bool cancel(DatabaseTier &tier, std::uint64_t id)
{
    return await<Result<bool>>([&](auto done) { tier.cancelScheduled(id, done); }).value();
}

} // namespace

/// Invalidations to come: kept in the database, carried out by whoever runs.
class TestSchedule : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;
    ManualClock m_clock;
    int m_files = 0;

    QString newFile() { return m_dir.filePath(QStringLiteral("schedule%1.db").arg(++m_files)); }
    std::shared_ptr<DatabaseTier> open(const QString &file, const std::string &space = {})
    {
        DatabaseTierOptions options;
        options.url = "sqlite:" + file.toStdString();
        options.space = space;
        return DatabaseTier::open(options, m_clock).value();
    }
    std::unique_ptr<Process> process(const QString &file, const QString &redis = {})
    {
        return std::make_unique<Process>(redis, file, [this](EngineOptions &options) { options.clock = &m_clock; });
    }
    WallTime in(Millis wait) const { return m_clock.wall() + wait; }

private Q_SLOTS:
    void whatIsScheduledComesBackByDueTime()
    {
        const QString file = newFile();
        const auto one = open(file);
        Invalidation what;
        what.which = Selector::pattern(Glob::compile("stock:[AB]*").value());
        what.tiers[1] = false;
        what.expire = what.dependents = true;
        what.reason = "장 마감";
        const ScheduledInvalidation asked{0, what, in(2h), m_clock.wall(), "who@host"};
        const auto later
            = await<Result<ScheduledInvalidation>>([&](auto done) { one->addScheduled(asked, done); }).value();
        const auto sooner = put(*one, "stock:A", in(1h));
        QVERIFY(later.id > 0 && sooner.id > 0 && later.id != sooner.id);
        const auto two = open(file);
        const auto found = all(*two);
        QCOMPARE(found.size(), 2u);
        QCOMPARE(found[0].id, sooner.id);
        QCOMPARE(found[1].what.which.describe(), std::string("stock:[AB]*"));
        QVERIFY(found[1].what.tiers[0] && !found[1].what.tiers[1] && found[1].what.tiers[2]);
        QVERIFY(found[1].what.expire && found[1].what.dependents);
        QCOMPARE(found[1].what.reason, what.reason);
        QCOMPARE(found[1].by, asked.by);
        QVERIFY(found[1].due == asked.due && found[1].made == asked.made);
        QVERIFY(cancel(*two, sooner.id));
        QVERIFY(!cancel(*one, sooner.id));
        QCOMPARE(all(*one).size(), 1u);
    }

    void oneOfTwoTakesIt()
    {
        const QString file = newFile();
        const auto one = open(file), two = open(file), elsewhere = open(file, "other");
        const auto scheduled = put(*one, "stock:A", in(1h));
        QVERIFY(!*takeDue(*one));
        m_clock.advance(1h);
        QVERIFY(!*takeDue(*elsewhere));
        QCOMPARE((*takeDue(*two))->id, scheduled.id);
        QVERIFY(!*takeDue(*one));
        QVERIFY(!cancel(*one, scheduled.id));
        QVERIFY(settle(*two, scheduled.id));
        QVERIFY(all(*one).empty());
    }

    void aCrashOnlyDelaysIt()
    {
        const QString file = newFile();
        const auto one = open(file), two = open(file);
        const auto scheduled = put(*one, "stock:A", in(0ms));
        QVERIFY(*takeDue(*one));
        m_clock.advance(ScheduleStore::leaseLife - 1ms);
        QVERIFY(!*takeDue(*two));
        QVERIFY(await<Status>([&](auto done) { one->renewDue(scheduled.id, done); }));
        m_clock.advance(2ms);
        QVERIFY(!*takeDue(*two));
        m_clock.advance(ScheduleStore::leaseLife);
        QCOMPARE((*takeDue(*two))->id, scheduled.id);
        // The first one wakes up again: the row is no longer its own.
        QVERIFY(settle(*one, scheduled.id));
        QCOMPARE(all(*two).size(), 1u);
    }

    void aClockThatIsPutBackKeepsNobodyOut()
    {
        const QString file = newFile();
        const auto one = open(file), two = open(file);
        put(*one, "stock:A", in(-48h));
        QVERIFY(*takeDue(*one));
        m_clock.jumpWall(-24h);
        QVERIFY(*takeDue(*two));
    }

    void whatATierMissedStaysToBeDone()
    {
        const auto one = open(newFile());
        const auto scheduled = put(*one, "stock:A", in(0ms));
        QVERIFY(*takeDue(*one));
        QVERIFY(settle(*one, scheduled.id, {false, true, false}));
        QVERIFY(!*takeDue(*one));
        m_clock.advance(ScheduleStore::leaseLife);
        const auto again = takeDue(*one).value();
        QVERIFY(!again->what.tiers[0] && again->what.tiers[1] && !again->what.tiers[2]);
    }

    void whoRunsCarriesItOut()
    {
        const auto one = process(newFile());
        one->upstreamSays("stock:A", "old");
        QCOMPARE(one->value("stock:A"), std::string("old"));
        const auto scheduled = one->engine->schedule(dueInvalidation("stock:A"), in(30s)).result();
        QVERIFY(scheduled);
        QVERIFY(!scheduled->by.empty());
        one->upstreamSays("stock:A", "new");
        m_clock.advance(29s);
        QCOMPARE(one->value("stock:A"), std::string("old"));
        m_clock.advance(1s);
        QTRY_VERIFY(one->engine->scheduled().result()->empty());
        QCOMPARE(one->value("stock:A"), std::string("new"));
        QCOMPARE(one->engine->metrics().totals().churn.scheduled, 1u);
    }

    void whoStartsFindsItDoneBeforeTheFirstRead()
    {
        const QString file = newFile();
        {
            const auto one = process(file);
            one->upstreamSays("stock:A", "old");
            QCOMPARE(one->value("stock:A"), std::string("old"));
            QVERIFY(one->engine->schedule(dueInvalidation("stock:A"), in(30s)).result());
        }
        m_clock.advance(60s);
        const auto two = process(file);
        QVERIFY(!two->has(Stage::L3, "stock:A"));
        std::vector<CarriedOut> done;
        two->onCacheThread([&](TieredCache &cache) { done = cache.takeCarriedOut(); });
        QCOMPARE(done.size(), 1u);
        QVERIFY(done[0].late() == 30s);
        QCOMPARE(done[0].result.deleted, 1u);
        QCOMPARE(done[0].scheduled.what.reason, std::string("after close"));
    }

    void dependentsAreThoseOfThatTime()
    {
        const auto one = process(newFile());
        one->upstreamSays("search:A", "made later");
        Invalidation what = dueInvalidation("stock:A");
        what.dependents = true;
        QVERIFY(one->engine->schedule(what, in(30s)).result());
        one->get("search:A");
        QVERIFY(one->engine->declare({keyOf("stock:A"), keyOf("search:A")}).result());
        m_clock.advance(30s);
        QTRY_VERIFY(one->engine->scheduled().result()->empty());
        QVERIFY(!one->has(Stage::L3, "search:A"));
    }

    void aTierThatIsDownGetsItsPartLater()
    {
        RedisServer server;
        QVERIFY(server.start());
        const auto one = process(newFile(), server.url());
        one->upstreamSays("stock:A", "old");
        one->get("stock:A");
        QVERIFY(one->engine->schedule(dueInvalidation("stock:A"), in(30s)).result());
        server.kill();
        m_clock.advance(30s);
        const auto left = [&] { return one->engine->scheduled().result().value(); };
        QTRY_VERIFY_WITH_TIMEOUT(!left().empty() && !left()[0].what.tiers[0], 20'000);
        QVERIFY(left()[0].what.tiers[1] && !left()[0].what.tiers[2]);
        QVERIFY(server.start());
        one->engine->waitForTiers(5s);
        QTRY_VERIFY_WITH_TIMEOUT((m_clock.advance(ScheduleStore::leaseLife), left().empty()), 20'000);
    }

    void anL2OfAnotherProcessHearsOfIt()
    {
        RedisServer server;
        QVERIFY(server.start());
        const QString file = newFile();
        // Read-only, so that it leaves the row to the other one.
        Process one(server.url(), file, [this](EngineOptions &options) {
            options.clock = &m_clock;
            options.readOnly = true;
        });
        one.upstreamSays("stock:A", "old");
        QCOMPARE(one.value("stock:A"), std::string("old"));
        QVERIFY(one.has(Stage::L2, "stock:A"));
        one.upstreamSays("stock:A", "new");
        const auto two = process(file);
        QVERIFY(two->engine->schedule(dueInvalidation("stock:A"), in(30s)).result());
        m_clock.advance(30s);
        QTRY_VERIFY(two->engine->scheduled().result()->empty());
        QVERIFY(one.catchesUpWith(*two));
        QCOMPARE(one.value("stock:A"), std::string("new"));
        QCOMPARE(one.engine->metrics().totals().churn.scheduled, 0u);
    }

    void thePastIsRefusedAndSaysByHowMuch()
    {
        const auto one = process(newFile());
        const auto refused = one->engine->schedule(dueInvalidation("stock:A"), in(-1500ms)).result();
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(refused.error().message.find("1.5 s ago") != std::string::npos);
    }

    void withoutADatabaseThereIsNoSchedule()
    {
        const auto one = process({});
        QCOMPARE(
            one->engine->schedule(dueInvalidation("stock:A"), in(1s)).result().error().code, ErrorCode::Unavailable);
        QVERIFY(!one->engine->scheduled().result().error().hint.empty());
    }

    void readOnlyEnginesCarryNothingOut()
    {
        const QString file = newFile();
        put(*open(file), "stock:A", in(-1s));
        const Process one({}, file, [this](EngineOptions &options) {
            options.clock = &m_clock;
            options.readOnly = true;
        });
        QCOMPARE(one.engine->scheduled().result()->size(), 1u);
        QCOMPARE(one.engine->cancelScheduled(1).result().error().code, ErrorCode::Refused);
        QCOMPARE(one.engine->schedule(dueInvalidation("stock:A"), in(1s)).result().error().code, ErrorCode::Refused);
    }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
