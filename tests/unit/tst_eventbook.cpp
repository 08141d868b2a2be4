// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "monitor/eventbook.h"
#include "monitor/invalidationevent.h"
#include "monitor/sampler.h"

using namespace insitecache;
using namespace std::chrono_literals;

namespace {

constexpr WallTime start{Millis(1'770'000'000'000)};

/// A cache's life as successive readings, and what is noted of it.
struct Life {
    Metrics metrics;
    Sampler sampler;
    EventBook book;
    Reading reading;
    int second = 0;

    Life()
    {
        reading.configured = {true, true, true};
        for (TierUsage &usage : reading.usage)
            usage.up = true;
        reading.sources.resize(1);
        reading.sources[0].name = "x";
        reading.systemMemoryBytes = 1000;
        pass();
    }

    void pass(int seconds = 1)
    {
        for (int i = 0; i < seconds; ++i) {
            reading.time = start + std::chrono::seconds(second);
            reading.steady = steady();
            reading.totals = metrics.totals();
            sampler.add(reading);
            book.add(reading, sampler.snapshot(SeriesRange::Minute1));
            ++second;
        }
    }

    /// Seconds in which a tier is read often, and how that went.
    void read(Stage tier, int seconds, Duration took, Outcome outcome = Outcome::Hit)
    {
        for (int i = 0; i < seconds; ++i) {
            for (int n = 0; n < 10; ++n)
                metrics.tierRead(tier, outcome, took);
            pass();
        }
    }

    SteadyTime steady() const { return SteadyTime(std::chrono::seconds(second)); }

    Snapshot shown() const
    {
        Snapshot out = sampler.snapshot(SeriesRange::Minute1);
        book.show(out);
        return out;
    }

    std::vector<EventPtr> events() const { return book.after(0); }
    std::string kinds() const
    {
        std::string names;
        for (const EventPtr &event : events())
            names += (names.empty() ? "" : " ") + std::string(eventKindName(event->kind));
        return names;
    }
};

QJsonObject jsonOf(const Event &event)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(eventJson(event))).object();
}

} // namespace

class TestEventBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTierThatGoesAndComesIsToldOnceEach()
    {
        Life life;
        life.reading.usage[1].up = false;
        life.reading.usage[1].detail = "connection refused";
        life.pass(3);
        QCOMPARE(life.shown().alerts.size(), std::size_t(1));
        QVERIFY(!life.shown().spans.at(0).until);
        life.reading.usage[1].up = true;
        life.pass(3);
        QCOMPARE(life.kinds(), std::string("tier-down tier-up"));
        const auto events = life.events();
        QCOMPARE(events[0]->detail, std::string("connection refused"));
        QVERIFY(events[0]->tiers[1] && !events[0]->tiers[0]);
        QCOMPARE(events[0]->severity, EventSeverity::Error);
        QCOMPARE(events[1]->took, Millis(3000));
        QVERIFY(life.shown().alerts.empty());
        QCOMPARE(life.shown().spans.at(0).until, std::optional(events[1]->time));
    }

    void aTierThatIsOffIsNoNews()
    {
        Life life;
        life.reading.configured[2] = false;
        life.reading.usage[2].up = false;
        life.pass(5);
        QVERIFY(life.events().empty());
    }

    void aTierGetsAMomentToConnect()
    {
        Life quick;
        quick.book = EventBook();
        quick.reading.usage[1].up = false;
        quick.pass(3);
        quick.reading.usage[1].up = true;
        quick.pass();
        // Nothing was said, so nothing is taken back.
        QVERIFY(quick.events().empty());
        Life slow;
        slow.book = EventBook();
        slow.reading.usage[1].up = false;
        slow.pass(4);
        QCOMPARE(slow.kinds(), std::string("tier-down"));
    }

    void aTierThatFailsOftenIsDegraded()
    {
        Life life;
        life.read(Stage::L2, 15, 1ms, Outcome::Timeout);
        QVERIFY(life.events().empty());
        life.read(Stage::L2, 7, 1ms, Outcome::Timeout);
        QCOMPARE(life.kinds(), std::string("tier-degraded"));
        QCOMPARE(life.events()[0]->detail, std::string("100% of 100 reads failed"));
        QVERIFY(life.shown().tiers[1].degraded);
        life.read(Stage::L2, 25, 1ms);
        QVERIFY(life.shown().tiers[1].degraded);
        life.read(Stage::L2, 15, 1ms);
        QCOMPARE(life.kinds(), std::string("tier-degraded tier-up"));
        QVERIFY(!life.shown().tiers[1].degraded);
    }

    void aTierThatIsSlowerThanUsualIsDegraded()
    {
        Life life;
        life.read(Stage::L3, 35, 2ms);
        life.read(Stage::L3, 30, 20ms);
        QCOMPARE(life.kinds(), std::string("tier-degraded"));
        QVERIFY(life.events()[0]->detail.starts_with("p95 "));
        // Slow from the beginning, or always in microseconds: that is how it is.
        Life always;
        always.read(Stage::L3, 60, 80ms);
        always.read(Stage::L1, 35, 2us);
        always.read(Stage::L1, 30, 200us);
        QVERIFY(always.events().empty());
    }

    void aTierThatGoesDownWhileDegradedIsOneAlert()
    {
        Life life;
        life.read(Stage::L2, 22, 1ms, Outcome::Timeout);
        life.reading.usage[1].up = false;
        life.pass();
        QCOMPARE(life.kinds(), std::string("tier-degraded tier-down"));
        const Snapshot shown = life.shown();
        QCOMPARE(shown.alerts.size(), std::size_t(1));
        QCOMPARE(shown.alerts[0].kind, EventKind::TierDown);
        QVERIFY(shown.spans[0].until && !shown.spans[1].until);
    }

    void aRateLimitIsASpanUntilItsEnd()
    {
        Life life;
        life.reading.sources[0].frozenFor = Millis(60'000);
        life.reading.sources[0].lastError = "429 <b>Too Many</b>";
        life.pass(2);
        const EventPtr limited = life.events().at(0);
        QCOMPARE(limited->kind, EventKind::RateLimited);
        QCOMPARE(limited->until, std::optional(limited->time + 60s));
        QCOMPARE(limited->detail, std::string("429 <b>Too Many</b>"));
        QCOMPARE(life.shown().spans.at(0).until, limited->until);
        life.reading.sources[0].frozenFor.reset();
        life.pass();
        QCOMPARE(life.kinds(), std::string("rate-limited rate-limit-over"));
        QCOMPARE(life.shown().spans.at(0).until, std::optional(life.events()[1]->time));
    }

    void anObjectiveIsRaisedAndClearedWithItsDuration()
    {
        Life life;
        life.reading.usage[0].bytes = 500; // half of all memory
        life.pass(10);
        QCOMPARE(life.kinds(), std::string("objective-breached"));
        QCOMPARE(life.events()[0]->target, std::string("memory"));
        QCOMPARE(life.events()[0]->value, std::optional(0.5));
        QCOMPARE(life.shown().objectives[int(SloKind::Memory)].state, SloState::Breach);
        QVERIFY(life.shown().alerts.size() == 1 && life.shown().spans.empty());
        life.reading.usage[0].bytes = 10;
        life.pass(60);
        QCOMPARE(life.kinds(), std::string("objective-breached objective-met"));
        QVERIFY(*life.events()[1]->took >= 60s);
    }

    void anAlertIsAcknowledgedOnceAndUntilItIsOver()
    {
        Life life;
        life.reading.usage[1].up = false;
        life.pass();
        const std::uint64_t alert = life.shown().alerts.at(0).event;
        QVERIFY(!life.book.acknowledge(alert + 1, start));
        QVERIFY(life.book.acknowledge(alert, start));
        QVERIFY(!life.book.acknowledge(alert, start));
        QVERIFY(life.shown().alerts[0].acknowledged);
        QCOMPARE(life.events().back()->target, std::string("L2"));
        life.reading.usage[1].up = true;
        life.pass();
        life.reading.usage[1].up = false;
        life.pass();
        QVERIFY(!life.shown().alerts.at(0).acknowledged);
    }

    void aBusyNeighbourIsToldOfEveryTenSeconds()
    {
        Life life;
        for (int i = 0; i < 1000; ++i)
            life.book.heardElsewhere(life.steady(), start, "stock:S" + std::to_string(i));
        QCOMPARE(life.events().size(), std::size_t(1));
        QVERIFY(!life.events()[0]->count);
        life.pass(10);
        QCOMPARE(life.events().size(), std::size_t(1));
        life.pass();
        QCOMPARE(life.events().size(), std::size_t(2));
        QCOMPARE(life.events()[1]->count, std::optional<std::uint64_t>(999));
        QCOMPARE(life.events()[1]->target, std::string("stock:S999"));
        life.pass(15);
        life.book.heardElsewhere(life.steady(), start, "all");
        QCOMPARE(life.events().size(), std::size_t(3));
        QCOMPARE(life.events()[2]->cause, EventCause::OtherProcess);
    }

    void whatWasMissedBeforeTheFirstLookupIsNoNews()
    {
        Life life;
        life.book.missedSome(start);
        QVERIFY(life.events().empty());
        life.metrics.lookupDone("stock", Stage::L1, false, false, false, 1ms);
        life.pass();
        life.book.missedSome(start);
        QCOMPARE(life.kinds(), std::string("events-missed"));
    }

    void damageIsCountedByTier()
    {
        Life life;
        life.metrics.tierRead(Stage::L3, Outcome::Corrupt, 1ms);
        life.metrics.tierRead(Stage::L3, Outcome::Corrupt, 1ms);
        life.metrics.journalFailures.add();
        life.pass();
        QCOMPARE(life.kinds(), std::string("corrupt-healed journal-failed"));
        QCOMPARE(life.events()[0]->count, std::optional<std::uint64_t>(2));
        QVERIFY(life.events()[0]->tiers[2]);
    }

    void theWorkloadAndPoliciesAreNoted()
    {
        Life life;
        life.reading.policies = std::make_shared<const std::vector<Policy>>(PolicyRegistry::builtIn());
        life.reading.workload.running = true;
        life.pass(5);
        std::vector<Policy> changed = *life.reading.policies;
        changed[0].ttl += Millis(1000);
        life.reading.policies = std::make_shared<const std::vector<Policy>>(changed);
        life.reading.workload.running = false;
        life.reading.workload.sent = 1000;
        life.pass();
        QCOMPARE(life.kinds(), std::string("workload-started policy-change workload-stopped"));
        QCOMPARE(life.events()[1]->target, changed[0].type);
        QCOMPARE(life.events()[2]->took, Millis(5000));
        QCOMPARE(life.events()[2]->count, std::optional<std::uint64_t>(1000));
    }

    void theJournalIsBoundedAndItsNumbersGoOn()
    {
        EventJournal journal;
        for (int i = 0; i < 10'050; ++i)
            journal.add({.target = std::to_string(i)});
        const auto all = journal.after(0);
        QCOMPARE(all.size(), EventJournal::most);
        QCOMPARE(all.front()->id, std::uint64_t(51));
        QCOMPARE(journal.after(10'048).size(), std::size_t(2));
        QVERIFY(journal.after(10'050).empty());
        QCOMPARE(journal.markers().size(), EventJournal::mostMarkers);
        journal.add({.kind = EventKind::Acknowledged});
        QVERIFY(journal.markers().back()->kind != EventKind::Acknowledged);
    }

    void anInvalidationTellsWhatItMissed()
    {
        Invalidation what;
        what.which = Selector::all();
        what.tiers[2] = false;
        what.reason = "holiday";
        InvalidationResult result;
        result.requested = 5;
        result.deleted = result.verified = 4;
        result.partial.push_back({Stage::L2, Error{ErrorCode::Timeout, "no answer"}});
        const Event event = invalidationEvent(start, what, result);
        QCOMPARE(event.severity, EventSeverity::Warning);
        QCOMPARE(event.detail, std::string("requested 5, verified 4; L2: no answer"));
        QVERIFY(event.tiers[0] && event.tiers[1] && !event.tiers[2]);
    }

    void jsonIsOneLineWhateverIsInIt()
    {
        const Event event{.id = 7,
            .time = start,
            .kind = EventKind::Bookmark,
            .target = "a\"b\n<i>",
            .count = 3,
            .tiers = {true, false, true},
            .reason = "한글\r\n=1+1",
            .took = Millis(12),
            .until = start,
            .value = 0.5};
        QVERIFY(eventJson(event).find('\n') == std::string::npos);
        const QJsonObject json = jsonOf(event);
        QCOMPARE(json[QLatin1String("target")].toString().toStdString(), event.target);
        QCOMPARE(json[QLatin1String("reason")].toString().toStdString(), event.reason);
        QCOMPARE(json[QLatin1String("time")].toString(), QStringLiteral("2026-02-02T02:40:00.000Z"));
        QCOMPARE(json[QLatin1String("timeMs")].toInteger(), start.time_since_epoch().count());
        QCOMPARE(json[QLatin1String("tiers")].toVariant().toStringList().join(u' '), QStringLiteral("L1 L3"));
        QCOMPARE(json[QLatin1String("tookMs")].toInt(), 12);
        QCOMPARE(json[QLatin1String("kind")].toString(), QStringLiteral("bookmark"));
        QCOMPARE(jsonOf({}).keys().join(u' '), QStringLiteral("cause id kind severity time timeMs"));
    }
};

QTEST_GUILESS_MAIN(TestEventBook)
#include "tst_eventbook.moc"
