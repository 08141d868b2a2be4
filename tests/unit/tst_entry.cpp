// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <thread>

#include <insitecache/base/random.h>

#include "support/manualclock.h"
#include "support/tiercalls.h"
#include "tiers/blockarena.h"
#include "tiers/coarseduration.h"
#include "tiers/entryblock.h"
#include "tiers/origintable.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(Duration)

namespace {

/// A value that tells whether it belongs to its key.
std::string valueOf(std::string_view key)
{
    return std::string(key) + std::string(key.size() * 3, '=');
}

} // namespace

/// The compact form of an entry: what it keeps, what it rounds, and how it is shared.
class TestEntry : public QObject {
    Q_OBJECT

    ManualClock m_clock;

private Q_SLOTS:
    void everyFieldComesBack()
    {
        EntryFields made = entryOf("search:애플 %25 주식", std::string("a\0b", 3), m_clock, 10min, 1h);
        made.origin = "reddit+x";
        made.refreshAt = made.freshUntil - 3min;
        made.version = (1ull << 40) - 1;
        const EntryPtr entry = Entry::make(made);
        QVERIFY(entry->key() == made.key);
        QCOMPARE(entry->key().type(), std::string_view("search"));
        QCOMPARE(entry->key().identity(), std::string("애플 % 주식"));
        QCOMPARE(entry->keyText(), std::string_view(made.key.text()));
        QCOMPARE(entry->payload(), std::string_view(made.payload));
        QCOMPARE(entry->origin(), std::string_view("reddit+x"));
        QVERIFY(entry->created() == made.created && entry->ttl() == 10min && entry->staleFor() == 1h);
        QVERIFY(entry->freshUntil() == made.freshUntil && entry->refreshAt() == made.refreshAt);
        QVERIFY(entry->staleUntil() == made.freshUntil + 1h);
        QCOMPARE(entry->version(), made.version);
        QVERIFY(!entry->negative());
        const EntryFields again = entry->fields();
        QVERIFY(again.key == made.key && again.payload == made.payload && again.origin == made.origin
            && again.created == made.created && again.ttl == made.ttl && again.staleFor == made.staleFor
            && again.freshUntil == made.freshUntil && again.refreshAt == made.refreshAt && again.version == made.version
            && again.negative == made.negative);
    }

    void theLeastAndTheMost()
    {
        const EntryPtr least = Entry::make({});
        QVERIFY(least->key().isEmpty() && least->payload().empty() && least->origin().empty());
        QVERIFY(least->created() == WallTime() && least->freshUntil() == SteadyTime());
        EntryFields most;
        most.key = CacheKey::make("t", std::string(CacheKey::maxTextBytes - 2, 'k')).value();
        most.negative = true;
        most.version = std::numeric_limits<std::uint64_t>::max();
        const EntryPtr entry = Entry::make(most);
        QCOMPARE(entry->keyText().size(), CacheKey::maxTextBytes);
        QVERIFY(entry->key() == most.key && entry->negative());
        QCOMPARE(entry->version(), (1ull << 40) - 1);
    }

    void creationIsKeptOnBothSidesOfTheEpoch()
    {
        for (const long long ms : {0LL, -1LL, 1LL, -62'135'596'800'000LL, 127'000'000'000'000LL}) {
            EntryFields made;
            made.created = WallTime(Millis(ms));
            QVERIFY(Entry::make(made)->created() == made.created);
        }
        EntryFields wild;
        wild.created = WallTime::min();
        QVERIFY(Entry::make(wild)->created() < WallTime());
        wild.created = WallTime::max();
        QVERIFY(Entry::make(wild)->created() > m_clock.wall());
    }

    void freshUntilIsCutAndNeverLater()
    {
        for (const Duration time : {Duration(0ms), Duration(1ms), Duration(5min), Duration(-3h), Duration(-700 * 24h),
                 Duration(24h * 366 * 30)}) {
            for (const Duration more : {0ns, 1ns, 999'999ns}) {
                EntryFields made;
                made.freshUntil = SteadyTime(time + more);
                QVERIFY(Entry::make(made)->freshUntil() == SteadyTime(time));
            }
        }
    }

    void forEverIsForEver()
    {
        for (const SteadyTime end : {SteadyTime(foreverLife), m_clock.now() + foreverLife, SteadyTime::max()}) {
            EntryFields made;
            made.ttl = foreverLife;
            made.staleFor = 1h;
            made.freshUntil = made.refreshAt = end;
            const EntryPtr entry = Entry::make(made);
            QVERIFY(entry->isFresh(SteadyTime(foreverLife)));
            QVERIFY(entry->staleUntil() == entry->freshUntil() + 1h);
            QVERIFY(entry->ttl() == foreverLife);
            const EntryPtr again = Entry::make(entry->fields());
            QVERIFY(again->freshUntil() == entry->freshUntil() && again->refreshAt() == entry->refreshAt());
        }
    }

    void whatExpiredBeforeTheClockBeganStaysExpired()
    {
        EntryFields made;
        made.staleFor = 365 * 24h;
        made.freshUntil = SteadyTime(1min) - made.staleFor;
        QVERIFY(Entry::make(made)->staleUntil() == SteadyTime(1min));
        QVERIFY(Entry::make(made)->isUsable(SteadyTime(59s)) && !Entry::make(made)->isUsable(SteadyTime(1min)));
        made.freshUntil = SteadyTime::min();
        made.staleFor = Duration::max();
        QVERIFY(!Entry::make(made)->isUsable(SteadyTime()));
    }

    void refreshingNeverAndAtOnce()
    {
        EntryFields made = entryOf("stock:A", "x", m_clock, 10min);
        for (const SteadyTime never : {made.freshUntil, made.freshUntil + 1ns, SteadyTime::max()}) {
            made.refreshAt = never;
            QVERIFY(Entry::make(made)->refreshAt() == made.freshUntil);
        }
        for (const SteadyTime atOnce : {SteadyTime(), SteadyTime::min()}) {
            made.refreshAt = atOnce;
            QVERIFY(Entry::make(made)->refreshAt() <= SteadyTime());
        }
        made.refreshAt = made.freshUntil - 60'247ms;
        QVERIFY(Entry::make(made)->refreshAt() == made.freshUntil - 61s);
    }

    void durationsAreRounded_data()
    {
        QTest::addColumn<Duration>("given");
        QTest::addColumn<Duration>("up");
        QTest::addColumn<Duration>("down");
        const auto row = [](const char *name, Duration given, Duration up, Duration down) {
            QTest::newRow(name) << given << up << down;
        };
        row("negative", -1s, 0s, 0s);
        row("nothing", 0s, 0s, 0s);
        row("nanosecond", 1ns, 1ms, 0s);
        row("milliseconds", 16'383ms, 16'383ms, 16'383ms);
        row("above milliseconds", 16'383ms + 1ns, 17s, 16'383ms);
        row("seconds", 301'001ms, 302s, 301s);
        row("most seconds", 16'383s, 16'383s, 16'383s);
        row("minutes", 16'384s, 274min, 273min);
        row("a day", 24h, 24h, 24h);
        row("366 days", 366 * 24h, 366 * 24h, 366 * 24h);
        row("most hours", 16'382h, 16'382h, 16'382h);
        row("beyond", 16'382h + 1ns, foreverLife, 16'382h);
        row("for ever", foreverLife, foreverLife, 16'382h);
        row("endless", Duration::max(), foreverLife, 16'382h);
    }

    void durationsAreRounded()
    {
        QFETCH(Duration, given);
        QFETCH(Duration, up);
        QFETCH(Duration, down);
        QVERIFY(CoarseDuration::read(CoarseDuration::roundedUp(given)) == up);
        QVERIFY(CoarseDuration::read(CoarseDuration::roundedDown(given)) == down);
        EntryFields made;
        made.ttl = made.staleFor = given;
        QVERIFY(Entry::make(made)->ttl() == up && Entry::make(made)->staleFor() == down);
    }

    void everyCodeOfADurationReadsAsItself()
    {
        Duration last = -1ns;
        for (unsigned code = 0; code <= 0xffff; ++code) {
            const Duration read = CoarseDuration::read(static_cast<std::uint16_t>(code));
            QVERIFY(CoarseDuration::read(CoarseDuration::roundedUp(read)) == read);
            if (code != 0xffff)
                QVERIFY(CoarseDuration::read(CoarseDuration::roundedDown(read)) == read);
            QVERIFY(code % 0x4000 == 0 || read > last);
            last = read;
        }
    }

    void originsAreKeptOnce()
    {
        OriginTable table;
        QCOMPARE(table.textOf(table.idOf("")), std::string_view());
        for (int round = 0; round < 2; ++round) {
            for (std::size_t i = 0; i < OriginTable::maxTexts; ++i) {
                const std::string text = "origin" + std::to_string(i);
                QCOMPARE(table.idOf(text), static_cast<std::uint8_t>(i + 1));
                QCOMPARE(table.textOf(table.idOf(text)), std::string_view(text));
            }
            QCOMPARE(table.textOf(table.idOf("one too many")), std::string_view("other"));
        }
        EntryFields made;
        made.origin.assign(OriginTable::maxTextBytes, 'o');
        QCOMPARE(Entry::make(made)->origin(), std::string_view(made.origin));
        made.origin += 'o';
        QCOMPARE(Entry::make(made)->origin(), std::string_view("other"));
    }

    void originsGrowWhileTheyAreRead()
    {
        OriginTable table;
        std::atomic<int> wrong{0};
        const auto work = [&] {
            for (int i = 0; i < 200; ++i) {
                const std::string text = std::to_string(i);
                wrong += table.textOf(table.idOf(text)) == text ? 0 : 1;
            }
        };
        std::thread one(work), two(work);
        one.join();
        two.join();
        QCOMPARE(wrong.load(), 0);
    }

    void oneBlockHoldsItAll()
    {
        EntryFields made;
        made.key = CacheKey::make("stock", "12345678901234").value();
        made.payload.assign(64, 'x');
        QCOMPARE(made.key.text().size(), 20u);
        QCOMPARE(Entry::make(made)->blockBytes(), 128u);
        for (std::size_t bytes = 0; bytes < 5000; bytes += bytes < 600 ? 1 : 97) {
            made.payload.assign(bytes, static_cast<char>('a' + bytes % 26));
            const EntryPtr entry = Entry::make(made);
            QCOMPARE(entry->payload(), std::string_view(made.payload));
            QCOMPARE(entry->keyText(), std::string_view(made.key.text()));
            QCOMPARE(entry->blockBytes(), BlockArena::blockBytes(44 + 20 + bytes));
        }
    }

    void pointersShareAndLetGo()
    {
        EntryPtr first = Entry::make(entryOf("stock:A", "a", m_clock));
        const std::uint32_t id = EntryBlock::idOf(*first);
        EntryPtr second = first;
        EntryPtr third = std::move(first);
        QVERIFY(!first && second && second == third && second.get() == third.get());
        QVERIFY(first == nullptr && second != nullptr);
        first = second;
        second = *&second;
        third = std::move(second);
        QVERIFY(first == third && !second);
        QVERIFY(first != Entry::make(first->fields()));
        first.reset();
        QVERIFY(EntryBlock::tryAcquire(id) == third);
        QCOMPARE((*third).payload(), std::string_view("a"));
        third = nullptr;
        QVERIFY(!EntryBlock::tryAcquire(id));
        QVERIFY(!EntryBlock::tryAcquire(0));
    }

    // A free block is left as it is, and so are those beside it.
    void whatIsFreeIsNotAcquired()
    {
        std::vector<EntryPtr> entries;
        for (int i = 0; i < 100; ++i)
            entries.push_back(Entry::make(entryOf("stock:S" + std::to_string(100 + i), std::string(40, 'x'), m_clock)));
        std::vector<std::uint32_t> freed;
        for (std::size_t i = 0; i < entries.size(); i += 2) {
            freed.push_back(EntryBlock::idOf(*entries[i]));
            entries[i].reset();
        }
        for (const std::uint32_t id : freed)
            QVERIFY(!EntryBlock::tryAcquire(id));
        for (std::size_t i = 1; i < entries.size(); i += 2) {
            QCOMPARE(entries[i]->keyText(), std::string_view("stock:S" + std::to_string(100 + i)));
            QVERIFY(EntryBlock::tryAcquire(EntryBlock::idOf(*entries[i])) == entries[i]);
        }
        // Most recently freed, first used again.
        const EntryPtr next = Entry::make(entryOf("stock:NEWS", std::string(40, 'y'), m_clock));
        QCOMPARE(EntryBlock::tryAcquire(freed.back()), next);
    }

    void theWordsOfL1AreZeroInANewEntry()
    {
        for (int round = 0; round < 2; ++round) {
            const EntryPtr entry = Entry::make(entryOf("stock:A", "a", m_clock));
            QVERIFY(EntryBlock::previous(*entry) == 0u && EntryBlock::next(*entry) == 0u);
            QVERIFY(EntryBlock::state(*entry) == 0 && EntryBlock::hits(*entry) == 0);
            EntryBlock::previous(*entry) = EntryBlock::next(*entry) = 0xffffffff;
            EntryBlock::state(*entry) = 0xff;
            EntryBlock::hits(*entry) = 0xffff;
            QVERIFY(entry->version() == 1 && entry->ttl() == 1h && entry->payload() == "a");
        }
    }

    // Readers follow an id while its block is freed and filled again: they get nothing, or a whole entry.
    void aStaleReaderSeesWholeEntriesOnly()
    {
        std::atomic<std::uint32_t> last{0};
        std::atomic<bool> done{false};
        std::atomic<int> wrong{0};
        std::atomic<int> seen{0};
        const auto read = [&] {
            std::uint32_t before = 0;
            while (!done.load()) {
                const std::uint32_t now = last.load();
                for (const std::uint32_t id : {now, before}) {
                    if (const EntryPtr entry = EntryBlock::tryAcquire(id)) {
                        wrong += entry->payload() == valueOf(entry->keyText()) ? 0 : 1;
                        ++seen;
                    }
                }
                before = now;
            }
        };
        std::thread one(read), two(read);
        std::vector<EntryPtr> held(8);
        for (std::size_t i = 0; i < 20'000 || seen.load() < 100; ++i) {
            const std::string text = "stock:S" + std::to_string(1000 + i % 1000);
            EntryPtr entry = Entry::make(entryOf(text, valueOf(text), m_clock));
            last = EntryBlock::idOf(*entry);
            held[i % held.size()] = std::move(entry);
        }
        done = true;
        one.join();
        two.join();
        QCOMPARE(wrong.load(), 0);
    }

    void theLastOfManyThreadsLetsGo()
    {
        for (int round = 0; round < 200; ++round) {
            EntryPtr entry = Entry::make(entryOf("stock:A", "shared", m_clock));
            const std::uint32_t id = EntryBlock::idOf(*entry);
            std::atomic<int> wrong{0};
            const auto work = [&wrong](EntryPtr mine) {
                for (int i = 0; i < 50; ++i) {
                    const EntryPtr copy = mine;
                    wrong += copy->payload() == "shared" ? 0 : 1;
                }
            };
            std::thread one(work, entry), two(work, std::move(entry));
            one.join();
            two.join();
            QCOMPARE(wrong.load(), 0);
            QVERIFY(!EntryBlock::tryAcquire(id));
        }
    }

    // Uses up the address space of this process's arena: the last test.
    void outsideTheArenaAnEntryIsAnEntry()
    {
        BlockArena &arena = BlockArena::instance();
        std::vector<void *> large;
        for (const std::size_t bytes : {1u << 30, 1u << 24, 1u << 18}) {
            do {
                large.push_back(arena.allocate(bytes));
            } while (arena.idOf(large.back()) != 0);
        }
        EntryFields made = entryOf("stock:A", std::string(200'000, 'x'), m_clock);
        EntryPtr entry = Entry::make(made);
        QCOMPARE(EntryBlock::idOf(*entry), 0u);
        const EntryPtr copy = entry;
        entry.reset();
        QVERIFY(copy->payload() == made.payload && copy->key() == made.key && copy->isFresh(m_clock.now()));
        for (void *block : large)
            arena.release(block);
    }
};

QTEST_APPLESS_MAIN(TestEntry)
#include "tst_entry.moc"
