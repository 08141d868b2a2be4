// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <set>

#include "support/tiercalls.h"
#include "support/tierrigs.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

Selector named(std::string_view key)
{
    return Selector::keys({keyOf(key)});
}

Selector pattern(std::string_view glob)
{
    return Selector::pattern(Glob::compile(glob).value());
}

/// What "remove", "remove pattern", "expire all", … are about: always stock:A and stock:B, sometimes more.
Selector selectionOf(const QString &change)
{
    if (change.endsWith(QStringLiteral("pattern")))
        return pattern("stock:[AB]");
    if (change.endsWith(QStringLiteral("type")))
        return Selector::type("stock");
    if (change.endsWith(QStringLiteral("all")))
        return Selector::all();
    return Selector::keys({keyOf("stock:A"), keyOf("stock:B")});
}

std::set<std::string> keysOf(const TierListing &listing)
{
    std::set<std::string> keys;
    for (const TierEntryInfo &row : listing.entries)
        keys.insert(row.key.text());
    return keys;
}

} // namespace

/// Every promise of tier.h, kept by every tier.
class TestTier : public QObject {
    Q_OBJECT

    std::unique_ptr<TierRig> m_rig;
    std::shared_ptr<Tier> m_tier;

    TierCalls calls() { return {*m_tier}; }
    EntryPtr entry(std::string_view key, std::string payload = "value", Duration ttl = 1h, Duration staleFor = 2h)
    {
        return share(entryOf(key, std::move(payload), m_rig->clock, ttl, staleFor));
    }
    EntryPtr negative(std::string_view key)
    {
        EntryFields made = entryOf(key, {}, m_rig->clock, 1h, 0h);
        made.negative = true;
        return share(std::move(made));
    }
    void put(const std::vector<EntryPtr> &entries) { QVERIFY(calls().put(entries)); }
    bool near(Duration actual, Duration expected) const
    {
        return actual <= expected + 1ms && actual >= expected - m_rig->slack();
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"memory", "redis", "sqlite"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void init()
    {
        QFETCH_GLOBAL(QString, kind);
        m_rig = makeTierRig(kind.toStdString());
        m_tier = m_rig->makeTier({});
        if (!m_tier)
            QSKIP("this kind of tier is not available here: is redis-server installed?");
    }

    void cleanup()
    {
        m_tier.reset();
        m_rig.reset();
    }

    void readsHaveTheOrderAndNumberOfTheKeys()
    {
        put({entry("stock:A", "a"), entry("stock:B", "b"), entry("search:애플 주식", "apple")});
        const auto reads = calls().get(
            {keyOf("stock:B"), keyOf("stock:NONE"), keyOf("search:애플 주식"), keyOf("stock:A"), keyOf("stock:B")});
        QCOMPARE(reads.size(), 5u);
        QCOMPARE(reads[0].entry->payload(), std::string("b"));
        QCOMPARE(reads[1].outcome, Outcome::Miss);
        QVERIFY(!reads[1].entry && !reads[1].error);
        QCOMPARE(reads[2].entry->payload(), std::string("apple"));
        QCOMPARE(reads[3].entry->payload(), std::string("a"));
        QCOMPARE(reads[4].outcome, Outcome::Hit);
    }

    void nothingAskedIsAnsweredToo()
    {
        QVERIFY(calls().get(std::vector<CacheKey>()).empty());
        QVERIFY(calls().put({}));
        QCOMPARE(calls().remove(Selector::keys({})).value(), 0u);
        QCOMPARE(calls().count(Selector::all()).value().keys, 0u);
    }

    void entryComesBackAsItWas()
    {
        EntryFields made = entryOf("user:42", std::string("\x00\xFF\r\n$5\r\n", 9), m_rig->clock, 1h, 30min);
        made.origin = "reddit+x";
        made.version = 0xFF'FFFF'FFFFull;
        made.refreshAt = made.freshUntil - 10min;
        put({share(made)});
        const TierRead read = calls().get("user:42");
        QCOMPARE(read.outcome, Outcome::Hit);
        QCOMPARE(read.entry->keyText(), made.key.text());
        QCOMPARE(read.entry->payload(), made.payload);
        QCOMPARE(read.entry->origin(), made.origin);
        QCOMPARE(read.entry->version(), made.version);
        QVERIFY(read.entry->created() == made.created);
        QVERIFY(read.entry->ttl() == made.ttl);
        QVERIFY(read.entry->staleFor() == made.staleFor);
        QVERIFY(read.entry->freshUntil() - read.entry->refreshAt() == 10min);
        QVERIFY(read.entry->staleUntil() - read.entry->freshUntil() == 30min);
    }

    void compressedAndLargeValuesComeBack()
    {
        const std::string text(200'000, 'x');
        std::string noise(8u << 20, '\0');
        std::uint64_t state = 1;
        for (char &c : noise)
            c = static_cast<char>((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 56);
        put({entry("stock:TEXT", text), entry("stock:NOISE", noise), entry("stock:EMPTY", "")});
        QVERIFY(calls().get("stock:TEXT").entry->payload() == text);
        QVERIFY(calls().get("stock:NOISE").entry->payload() == noise);
        const TierRead empty = calls().get("stock:EMPTY");
        QCOMPARE(empty.outcome, Outcome::Hit);
        QVERIFY(empty.entry->payload().empty());
    }

    void manyKeysAtOnce()
    {
        std::vector<EntryPtr> entries;
        std::vector<CacheKey> keys;
        for (int i = 0; i < 1500; ++i) {
            entries.push_back(entry("stock:S" + std::to_string(i), "v" + std::to_string(i)));
            keys.push_back(entries.back()->key());
        }
        put(entries);
        const auto reads = calls().get(keys);
        for (int i = 0; i < 1500; ++i)
            QCOMPARE(reads[static_cast<std::size_t>(i)].entry->payload(), "v" + std::to_string(i));
        QCOMPARE(calls().count(Selector::all()).value().keys, 1500u);
        QCOMPARE(calls().remove(Selector::keys(keys)).value(), 1500u);
        QCOMPARE(calls().count(Selector::all()).value().keys, 0u);
    }

    void putReplaces()
    {
        put({entry("stock:A", "old", 1h)});
        put({entry("stock:A", "new", 30min)});
        const TierRead read = calls().get("stock:A");
        QCOMPARE(read.entry->payload(), std::string("new"));
        QVERIFY(near(read.entry->freshUntil() - m_rig->clock.now(), 30min));
        QCOMPARE(calls().count(Selector::all()).value().keys, 1u);
    }

    void aFillWithItsTicketIsStoredOnce()
    {
        const FillTicket ticket = calls().get("stock:A").ticket;
        QVERIFY(ticket.isValid());
        QCOMPARE(calls().fill(entry("stock:A", "loaded"), ticket), FillOutcome::Stored);
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("loaded"));
        QCOMPARE(calls().fill(entry("stock:B"), FillTicket{}), FillOutcome::Refused);
        QCOMPARE(calls().get("stock:B").outcome, Outcome::Miss);
    }

    void whateverChangesAKeyVoidsItsTickets_data()
    {
        QTest::addColumn<QString>("change");
        for (const char *change :
            {"remove", "remove pattern", "remove type", "remove all", "expire", "expire all", "put"})
            QTest::newRow(change) << QString::fromLatin1(change);
    }
    void whateverChangesAKeyVoidsItsTickets()
    {
        QFETCH(QString, change);
        const FillTicket ticket = calls().get("stock:A").ticket;
        const FillTicket claimed = calls().claim("stock:B");
        const FillTicket other = calls().get("search:a").ticket;
        if (change == QStringLiteral("put"))
            put({entry("stock:A", "written"), entry("stock:B", "written")});
        else if (change.startsWith(QStringLiteral("remove")))
            QVERIFY(calls().remove(selectionOf(change)));
        else
            QVERIFY(calls().expire(selectionOf(change)));
        QCOMPARE(calls().fill(entry("stock:A", "late"), ticket), FillOutcome::Refused);
        QCOMPARE(calls().fill(entry("stock:B", "late"), claimed), FillOutcome::Refused);
        QVERIFY(!calls().get("stock:A").entry || calls().get("stock:A").entry->payload() == "written");
        // What needs a walk over a server's keys may void more than it has to.
        if (change == QStringLiteral("remove") || change == QStringLiteral("put"))
            QCOMPARE(calls().fill(entry("search:a", "untouched"), other), FillOutcome::Stored);
    }

    void aFillYieldsToWhatIsNewerWhenAskedTo_data()
    {
        QTest::addColumn<int>("createdMs");
        QTest::addColumn<bool>("stored");
        QTest::newRow("older") << -1 << false;
        QTest::newRow("the same") << 0 << true;
        QTest::newRow("newer") << 1 << true;
    }
    void aFillYieldsToWhatIsNewerWhenAskedTo()
    {
        QFETCH(int, createdMs);
        QFETCH(bool, stored);
        put({entry("stock:A", "there", 1h, 2h)});
        m_rig->advance(90min); // only a stale copy leaves a ticket to be had
        const TierRead stale = calls().get("stock:A");
        EntryFields made = entryOf("stock:A", "mine", m_rig->clock, 1h, 2h);
        made.created = stale.entry->created() + Millis(createdMs);
        const FillOutcome outcome = calls().fill(Fill{share(made), stale.ticket, {}, true});
        QCOMPARE(outcome, stored ? FillOutcome::Stored : FillOutcome::Refused);
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string(stored ? "mine" : "there"));
    }

    void whatIsOverIsNotNewer()
    {
        put({entry("stock:A", "there", 1h, 0h)});
        m_rig->advance(61min);
        EntryFields made = entryOf("stock:A", "mine", m_rig->clock, 1h, 2h);
        made.created -= 2h;
        QCOMPARE(calls().fill(Fill{share(made), calls().get("stock:A").ticket, {}, true}), FillOutcome::Stored);
    }

    void anOlderWriteToTheDatabaseYieldsAndTellsNobody()
    {
        if (m_tier->stage() != Stage::L3)
            QSKIP("only L3 is written behind");
        EntryFields old = entryOf("stock:A", "old", m_rig->clock);
        put({entry("stock:A", "new")});
        const FillTicket ticket = calls().get("stock:A").ticket;
        old.created -= 1ms;
        QVERIFY(calls().write({Fill{share(old), {}, {}, true}}));
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("new"));
        QCOMPARE(calls().fill(entry("stock:A", "loaded"), ticket), FillOutcome::Stored);
        old.created += 1h;
        QVERIFY(calls().write({Fill{share(old), {}, {}, true}}));
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("old"));
    }

    void anInvalidationAfterTheFillRemovesIt()
    {
        const FillTicket ticket = calls().get("stock:A").ticket;
        QCOMPARE(calls().fill(entry("stock:A"), ticket), FillOutcome::Stored);
        QCOMPARE(calls().remove(named("stock:A")).value(), 1u);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
    }

    void anOvertakenWriteRemovesInsteadOfReplacing()
    {
        const FillTicket first = calls().claim("user:1");
        put({entry("user:1", "second")});
        QVERIFY(calls().write({Fill{entry("user:1", "first"), first}}));
        QCOMPARE(calls().get("user:1").outcome, Outcome::Miss);
        const FillTicket alone = calls().claim("user:1");
        QVERIFY(calls().write({Fill{entry("user:1", "third"), alone}}));
        QCOMPARE(calls().get("user:1").entry->payload(), std::string("third"));
    }

    void aStaleCopyIsReplacedByItsRefill()
    {
        put({entry("stock:A", "old", 1h, 2h)});
        m_rig->advance(90min);
        const TierRead read = calls().get("stock:A");
        QCOMPARE(read.outcome, Outcome::Stale);
        QCOMPARE(calls().fill(entry("stock:A", "new"), read.ticket), FillOutcome::Stored);
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("new"));
    }

    void laterCallsSeeEarlierOnes()
    {
        std::vector<TierRead> reads;
        m_tier->put({{entry("stock:A", "1")}}, [](const Status &) {});
        m_tier->put({{entry("stock:A", "2")}}, [](const Status &) {});
        m_tier->get({keyOf("stock:A")}, [&](std::vector<TierRead> answer) { reads = std::move(answer); });
        QTRY_COMPARE(reads.size(), 1u);
        QCOMPARE(reads[0].entry->payload(), std::string("2"));
    }

    void deadEntryIsNotStored()
    {
        EntryFields dead = entryOf("stock:DEAD", "x", m_rig->clock, 1h, 1h);
        m_rig->clock.advance(2h);
        put({share(dead), entry("stock:LIVE", "y")});
        QCOMPARE(calls().get("stock:DEAD").outcome, Outcome::Miss);
        QCOMPARE(calls().get("stock:LIVE").outcome, Outcome::Hit);
        QCOMPARE(calls().count(Selector::all()).value().keys, 1u);
    }

    void lifeIsWhatRemains()
    {
        put({entry("stock:A", "x", 1h, 2h)});
        m_rig->advance(40min);
        const TierRead fresh = calls().get("stock:A");
        QCOMPARE(fresh.outcome, Outcome::Hit);
        QVERIFY(near(fresh.entry->freshUntil() - m_rig->clock.now(), 20min));
        QVERIFY(near(fresh.entry->staleUntil() - m_rig->clock.now(), 140min));
        QVERIFY(fresh.entry->ttl() == 1h);
    }

    void expiredCopyIsStaleAndThenGone()
    {
        put({entry("stock:A", "x", 1h, 2h)});
        m_rig->advance(90min);
        const TierRead stale = calls().get("stock:A");
        QCOMPARE(stale.outcome, Outcome::Stale);
        QCOMPARE(stale.entry->payload(), std::string("x"));
        QVERIFY(near(stale.entry->staleUntil() - m_rig->clock.now(), 90min));
        m_rig->advance(91min);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
        QCOMPARE(calls().count(Selector::all()).value().keys, 0u);
        QCOMPARE(calls().list(Selector::all(), 10).value().total, 0u);
        QCOMPARE(calls().remove(Selector::all()).value(), 0u);
    }

    void negativeEntryIsToldApart()
    {
        put({negative("stock:GHOST"), entry("stock:EMPTY", "")});
        const TierRead read = calls().get("stock:GHOST");
        QCOMPARE(read.outcome, Outcome::Negative);
        QVERIFY(read.entry->negative());
        QCOMPARE(calls().get("stock:EMPTY").outcome, Outcome::Hit);
    }

    void removeTellsHowManyItRemoved()
    {
        put({entry("stock:A"), entry("stock:B"), entry("search:a")});
        QCOMPARE(calls().remove(Selector::keys({keyOf("stock:A"), keyOf("stock:NONE")})).value(), 1u);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
        QCOMPARE(calls().get("stock:B").outcome, Outcome::Hit);
        QCOMPARE(calls().remove(named("stock:A")).value(), 0u);
        QCOMPARE(calls().remove(Selector::type("stock")).value(), 1u);
        QCOMPARE(calls().get("search:a").outcome, Outcome::Hit);
        QCOMPARE(calls().remove(Selector::all()).value(), 1u);
        QCOMPARE(calls().get("search:a").outcome, Outcome::Miss);
    }

    void expireKeepsTheCopyForItsStaleTime()
    {
        put({entry("stock:A", "x", 10h, 1h), entry("stock:B", "y", 10h, 0h), negative("stock:C"), entry("search:a")});
        QCOMPARE(calls().expire(Selector::type("stock")).value(), 3u);
        const TierRead stale = calls().get("stock:A");
        QCOMPARE(stale.outcome, Outcome::Stale);
        QCOMPARE(stale.entry->payload(), std::string("x"));
        QVERIFY(near(stale.entry->staleUntil() - m_rig->clock.now(), 1h));
        QCOMPARE(calls().get("stock:B").outcome, Outcome::Miss);
        QCOMPARE(calls().get("stock:C").outcome, Outcome::Miss);
        QCOMPARE(calls().get("search:a").outcome, Outcome::Hit);
        m_rig->advance(61min);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
    }

    void expireNeverLengthensALife()
    {
        put({entry("stock:A", "x", 1h, 2h)});
        m_rig->advance(150min);
        QCOMPARE(calls().expire(named("stock:A")).value(), 1u);
        QCOMPARE(calls().expire(named("stock:NONE")).value(), 0u);
        QVERIFY(near(calls().get("stock:A").entry->staleUntil() - m_rig->clock.now(), 30min));
        m_rig->advance(31min);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
    }

    void patternsMeanTheSameEverywhere_data()
    {
        QTest::addColumn<QByteArray>("glob");
        for (const char *glob : {"*", "user:*", "user:?", "user:a*b", "user:a\\*b", "user:a?b", "user:a\\?b",
                 "user:[ab]", "user:[^a]", "user:\\[x\\]", "user:[[]x]", "user:back\\\\slash", "user:??",
                 "search:애플*", "search:?플 주식", "search:[가-힣]*", "user:%0A*", "user:100%25", "*:a", "[a-z]*:?",
                 "user:a\\", "user:*\\]", "trending:*", "user:_", "user:%*"})
            QTest::newRow(glob) << QByteArray(glob);
    }

    void patternsMeanTheSameEverywhere()
    {
        QFETCH(QByteArray, glob);
        const auto compiled = Glob::compile(glob.toStdString());
        if (!compiled)
            return;
        const std::vector<std::string> texts{"user:a", "user:b", "user:ab", "user:a*b", "user:a?b", "user:aXb",
            "user:[x]", "user:back\\slash", "user:]", "user:_", "user:x", "user:100%25", "user:%0Aline", "search:애플",
            "search:애플 주식", "search:삼성", "search:apple", "stock:a"};
        std::vector<EntryPtr> entries;
        std::set<std::string> expected;
        for (const std::string &text : texts) {
            entries.push_back(entry(text));
            if (compiled->matches(text))
                expected.insert(text);
        }
        put(entries);
        const Selector which = Selector::pattern(*compiled);
        QCOMPARE(calls().count(which).value().keys, expected.size());
        QVERIFY(keysOf(calls().list(which, 100).value()) == expected);
        QCOMPARE(calls().remove(which).value(), expected.size());
        const auto left = calls().list(Selector::all(), 100).value();
        QCOMPARE(left.total, texts.size() - expected.size());
        for (const std::string &key : keysOf(left))
            QVERIFY(!expected.contains(key));
    }

    void listingTellsWhatIsThere()
    {
        EntryFields made = entryOf("stock:A", std::string(5000, 'x'), m_rig->clock, 1h, 30min);
        made.origin = "yahoo";
        made.version = 7;
        put({share(made), negative("stock:B"), entry("search:a")});
        m_rig->advance(75min);
        const TierListing listing = calls().list(named("stock:A"), 10).value();
        QCOMPARE(listing.total, 1u);
        const TierEntryInfo row = listing.entries.at(0);
        QCOMPARE(row.key.text(), std::string("stock:A"));
        QVERIFY(near(row.ttl, -15min));
        QVERIFY(row.bytes > 0);
        QCOMPARE(row.rawBytes, 5000u);
        QCOMPARE(row.origin, std::string("yahoo"));
        QCOMPARE(row.version, 7u);
        QVERIFY(row.created == made.created);
        QVERIFY(!row.negative);
    }

    void listingMarksNegativeEntries()
    {
        put({negative("stock:B")});
        QVERIFY(calls().list(Selector::all(), 10).value().entries.at(0).negative);
    }

    void listingHasALimitButCountsAll()
    {
        std::vector<EntryPtr> entries;
        for (int i = 0; i < 700; ++i)
            entries.push_back(entry("stock:S" + std::to_string(i)));
        put(entries);
        const TierListing listing = calls().list(Selector::type("stock"), 25).value();
        QCOMPARE(listing.entries.size(), 25u);
        QCOMPARE(keysOf(listing).size(), 25u);
        QCOMPARE(listing.total, 700u);
        QCOMPARE(calls().list(Selector::type("stock"), 0).value().total, 700u);
        const auto byName = calls().list(Selector::keys({keyOf("stock:S1"), keyOf("stock:S2"), keyOf("stock:NO")}), 1);
        QCOMPARE(byName.value().total, 2u);
        QCOMPARE(byName.value().entries.size(), 1u);
    }

    void lookingChangesNothing()
    {
        put({entry("stock:A", "x", 1h, 2h), entry("stock:B")});
        m_rig->advance(30min);
        const auto before = calls().list(Selector::all(), 10).value();
        calls().count(Selector::all());
        calls().usage();
        const auto after = calls().list(Selector::all(), 10).value();
        QVERIFY(keysOf(before) == keysOf(after));
        for (std::size_t i = 0; i < before.entries.size(); ++i)
            QCOMPARE(after.entries[i].hits, before.entries[i].hits);
        QVERIFY(near(calls().get("stock:A").entry->freshUntil() - m_rig->clock.now(), 30min));
    }

    void peekingShowsTheCopiesAsTheyAre()
    {
        put({entry("stock:B", "b", 1h, 2h), entry("stock:A", "a", 2h), entry("stock:C", "c", 1h, 0h)});
        m_rig->advance(90min);
        const auto before = calls().list(Selector::all(), 10).value();
        const auto seen
            = calls().peek({keyOf("stock:B"), keyOf("stock:C"), keyOf("stock:A"), keyOf("stock:B")}).value();
        QCOMPARE(seen.size(), 4u);
        QCOMPARE(seen[0]->payload(), std::string("b"));
        QVERIFY(near(seen[0]->staleUntil() - m_rig->clock.now(), 90min));
        QVERIFY(!seen[0]->isFresh(m_rig->clock.now()));
        QVERIFY(!seen[1]);
        QCOMPARE(seen[2]->payload(), std::string("a"));
        QVERIFY(seen[3]);
        const auto after = calls().list(Selector::all(), 10).value();
        for (std::size_t i = 0; i < before.entries.size(); ++i)
            QCOMPARE(after.entries[i].hits, before.entries[i].hits);
        // A look takes no lease: whoever asks next gets it.
        QVERIFY(calls().get("stock:C").ticket.isValid());
    }

    void corruptCopyIsReportedOnceAndDropped()
    {
        put({entry("stock:A", std::string(300, 'x')), entry("stock:B", "fine")});
        if (!m_rig->damage(keyOf("stock:A")))
            QSKIP("entries of this tier never leave the process");
        const auto reads = calls().get({keyOf("stock:A"), keyOf("stock:B")});
        QCOMPARE(reads[0].outcome, Outcome::Corrupt);
        QVERIFY(!reads[0].entry);
        QCOMPARE(reads[0].error->code, ErrorCode::Corrupt);
        QCOMPARE(reads[1].outcome, Outcome::Hit);
        QCOMPARE(calls().get("stock:A").outcome, Outcome::Miss);
        QVERIFY(!calls().get("stock:A").error);
        put({entry("stock:A", "healed")});
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("healed"));
    }

    void spacesNeverMeet()
    {
        if (!m_rig->hasSpaces())
            QSKIP("this tier is one process's own");
        // Named so that a plain concatenation of space and key would make them one.
        const auto one = m_rig->makeTier({"one", {"search"}});
        const auto two = m_rig->makeTier({"one:v:stock", {"search"}});
        const TierCalls first{*one}, second{*two};
        QVERIFY(first.put({entry("stock:v:stock:A", "1"), entry("search:a", "shared"), entry("user:x", "1")}));
        QVERIFY(second.put({entry("stock:A", "2"), entry("user:x", "2")}));
        QCOMPARE(first.get("stock:A").outcome, Outcome::Miss);
        QCOMPARE(second.get("stock:v:stock:A").outcome, Outcome::Miss);
        QCOMPARE(first.get("user:x").entry->payload(), std::string("1"));
        QCOMPARE(second.get("user:x").entry->payload(), std::string("2"));
        QCOMPARE(second.get("search:a").entry->payload(), std::string("shared"));
        QCOMPARE(first.count(Selector::all()).value().keys, 3u);
        QCOMPARE(second.list(Selector::all(), 10).value().total, 3u);
        QCOMPARE(second.remove(Selector::all()).value(), 3u);
        QCOMPARE(first.get("search:a").outcome, Outcome::Miss);
        QCOMPARE(first.count(Selector::all()).value().keys, 2u);
        QCOMPARE(calls().count(Selector::all()).value().keys, 0u);
    }

    void usageTellsThatItIsUp()
    {
        put({entry("stock:A"), entry("stock:B")});
        const TierUsage usage = calls().usage();
        QVERIFY(usage.up);
        QVERIFY(usage.entries >= 2u); // Redis counts the log and leases too
        QVERIFY(usage.bytes > 0);
        QVERIFY(!usage.detail.empty());
    }

    void closedTierCancels()
    {
        put({entry("stock:A")});
        m_tier->close();
        const TierRead read = calls().get("stock:A");
        QCOMPARE(read.outcome, Outcome::Error);
        QCOMPARE(read.error->code, ErrorCode::Cancelled);
        QCOMPARE(calls().peek({keyOf("stock:A")}).error().code, ErrorCode::Cancelled);
        QCOMPARE(calls().put({entry("stock:A")}).error().code, ErrorCode::Cancelled);
        for (const Selector &which : {Selector::all(), named("stock:A")}) {
            QCOMPARE(calls().remove(which).error().code, ErrorCode::Cancelled);
            QCOMPARE(calls().expire(which).error().code, ErrorCode::Cancelled);
            QCOMPARE(calls().count(which).error().code, ErrorCode::Cancelled);
            QCOMPARE(calls().list(which, 10).error().code, ErrorCode::Cancelled);
        }
        QVERIFY(!calls().usage().up);
    }

    void closingKeepsAcceptedWrites()
    {
        if (!m_rig->hasSpaces())
            QSKIP("entries of this tier end with it");
        put({entry("stock:A", "1"), entry("stock:B", "1")});
        m_tier->put({{entry("stock:A", "2")}}, [](const Status &) {});
        m_tier->remove(named("stock:B"), [](const Result<std::uint64_t> &) {});
        m_tier->close();
        m_tier = m_rig->makeTier({});
        QCOMPARE(calls().get("stock:A").entry->payload(), std::string("2"));
        QCOMPARE(calls().get("stock:B").outcome, Outcome::Miss);
    }

    void closingAnswersWhatIsPending()
    {
        int answers = 0;
        m_tier->get({keyOf("stock:A")}, [&](const std::vector<TierRead> &) { ++answers; });
        m_tier->put({{entry("stock:A")}}, [&](const Status &) { ++answers; });
        m_tier->remove(Selector::all(), [&](const Result<std::uint64_t> &) { ++answers; });
        m_tier->expire(pattern("*"), [&](const Result<std::uint64_t> &) { ++answers; });
        m_tier->count(Selector::all(), [&](const Result<TierCount> &) { ++answers; });
        m_tier->list(Selector::all(), 10, [&](const Result<TierListing> &) { ++answers; });
        m_tier->usage([&](const TierUsage &) { ++answers; });
        m_tier->close();
        QCOMPARE(answers, 7);
        m_tier.reset();
        QCOMPARE(answers, 7);
    }
};

QTEST_GUILESS_MAIN(TestTier)
#include "tst_tier.moc"
