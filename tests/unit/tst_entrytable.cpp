// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <atomic>
#include <map>
#include <thread>

#include <insitecache/base/random.h>

#include "support/tablerig.h"

using namespace insitecache;
using namespace insitecache::test;

class TestEntryTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatAModelFinds()
    {
        TableRig rig;
        std::map<int, std::uint64_t> model;
        const auto random = Random::seeded(1);
        for (std::uint64_t step = 1; step <= 60'000; ++step) {
            const int number = int(random->bits() % 12'000);
            if (!model.contains(number)) {
                QVERIFY(rig.insert(number, step));
                model[number] = step;
            } else if (random->unit() < 0.5) {
                rig.replace(number, step);
                model[number] = step;
            } else {
                rig.erase(number);
                model.erase(number);
            }
        }
        QCOMPARE(rig.table.size(), model.size());
        for (int number = 0; number < 12'000; ++number) {
            const EntryPtr entry = rig.find(number);
            QCOMPARE(bool(entry), model.contains(number));
            QVERIFY(!entry || entry->version() == model[number]);
        }
        std::size_t visited = 0;
        rig.table.forEach([&](EntryTable::Id) { ++visited; });
        QCOMPARE(visited, model.size());
    }

    void takesSixBytesForAnEntryAtAnySize()
    {
        TableRig rig;
        for (int i = 0; i < 150'000; ++i) {
            QVERIFY(rig.insert(i));
            QVERIFY2(i < 5'000 || rig.table.bytes() < 6.0 * i, qPrintable(QString::number(i)));
        }
        for (int i = 0; i < 150'000; ++i)
            QVERIFY(rig.find(i));
        // Others in the place of some, as when a cache is full.
        const std::size_t bytes = rig.table.bytes();
        for (int i = 0; i < 150'000; ++i) {
            rig.erase(i);
            QVERIFY(rig.insert(1'000'000 + i));
        }
        QCOMPARE(rig.table.bytes(), bytes);
        for (int i = 0; i < 150'000; ++i)
            QVERIFY(rig.find(1'000'000 + i) && !rig.find(i));
    }

    // Every key hashes to the same two buckets: the table refuses instead of growing for ever.
    void keysMadeToCollideAreRefused()
    {
        EntryTable table;
        std::vector<EntryPtr> entries;
        int refused = 0;
        for (int i = 0; i < 100; ++i) {
            entries.push_back(tableEntry(i));
            refused += table.insert(EntryBlock::idOf(*entries.back()), 42) ? 0 : 1;
        }
        QVERIFY(refused > 0);
        QVERIFY(table.bytes() < 1 << 20);
    }

    // Readers never miss a key that stays, nor see one that is not yet or no longer there, while the table grows, moves
    // entries to make room and the memory of what was erased is used again.
    void readersAreNeverMisled()
    {
        constexpr int staying = 500;
        constexpr int passing = 4000;
        TableRig rig;
        for (int i = 0; i < staying; ++i)
            QVERIFY(rig.insert(i));
        std::atomic<bool> stop{false};
        std::atomic<int> missed{0}, strange{0};
        std::atomic<std::uint64_t> round{1};
        const auto readStaying = [&](unsigned seed) {
            const auto random = Random::seeded(seed);
            while (!stop) {
                const int number = int(random->bits() % staying);
                const EntryPtr entry = rig.find(number);
                missed += entry ? 0 : 1;
                strange += entry && entry->keyText() != tableKey(number) ? 1 : 0;
            }
        };
        const auto readPassing = [&](unsigned seed) {
            const auto random = Random::seeded(seed);
            while (!stop) {
                const std::uint64_t before = round;
                const int number = staying + int(random->bits() % passing);
                const EntryPtr entry = rig.find(number);
                strange += entry && (entry->keyText() != tableKey(number) || entry->version() < before) ? 1 : 0;
            }
        };
        std::vector<std::thread> readers;
        readers.emplace_back(readStaying, 1);
        readers.emplace_back(readPassing, 2);
        for (int i = 0; i < 5; ++i) {
            for (int number = staying; number < staying + passing; ++number)
                rig.insert(number, round);
            for (int number = staying; number < staying + passing; ++number)
                rig.erase(number);
            ++round; // everything of the rounds before was erased by now
        }
        stop = true;
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(missed.load(), 0);
        QCOMPARE(strange.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestEntryTable)
#include "tst_entrytable.moc"
