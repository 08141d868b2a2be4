// labels: tsan
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <bit>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <insitecache/base/random.h>

#include "tiers/blockarena.h"

using namespace insitecache;

namespace {

constexpr std::size_t smallArena = 64 << 20;

/// A block as its holder sees it: what was asked for, filled with one byte behind the count of holders.
struct HeldBlock {
    std::size_t bytes = 0;
    unsigned char fill = 0;
};

std::uint32_t &countOf(void *block)
{
    return *static_cast<std::uint32_t *>(block);
}

void *take(BlockArena &arena, const HeldBlock &held)
{
    void *block = arena.allocate(held.bytes);
    if (held.bytes > 4)
        std::memset(static_cast<char *>(block) + 4, held.fill, held.bytes - 4);
    return block;
}

bool isIntact(const void *block, const HeldBlock &held)
{
    const auto *bytes = static_cast<const unsigned char *>(block);
    for (std::size_t i = 4; i < held.bytes; ++i) {
        if (bytes[i] != held.fill)
            return false;
    }
    return countOf(const_cast<void *>(block)) == 0;
}

bool isResident(void *block)
{
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    unsigned char resident = 0;
    ::mincore(reinterpret_cast<void *>(reinterpret_cast<std::uintptr_t>(block) / page * page), page, &resident);
    return resident & 1;
}

/// Sizes at, below and above the border of every class up to `last`.
std::vector<std::size_t> borderSizes(std::size_t last)
{
    std::vector<std::size_t> sizes;
    for (std::size_t border = BlockArena::blockBytes(1); border < last; border = BlockArena::blockBytes(border + 1)) {
        for (const std::size_t bytes : {border - 1, border, border + 1})
            sizes.push_back(bytes);
    }
    return sizes;
}

} // namespace

class TestBlockArena : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void classesGrowByEightBytesAndThenByAnEighth()
    {
        for (const std::size_t bytes : borderSizes(1ull << 32)) {
            const std::size_t block = BlockArena::blockBytes(bytes);
            QVERIFY(block >= bytes && block % 8 == 0 && BlockArena::blockBytes(block) == block);
            QVERIFY(block - bytes < (bytes <= 512 ? 8 : std::bit_floor(bytes - 1) / 8));
        }
        QCOMPARE(BlockArena::blockBytes(128), 128u);
        QCOMPARE(BlockArena::blockBytes(129), 136u);
        QCOMPARE(BlockArena::blockBytes(513), 576u);
        QCOMPARE(BlockArena::blockBytes(1025), 1152u);
    }

    void aBlockComesBackInItsClass()
    {
        BlockArena arena(256 << 20);
        for (const std::size_t bytes : borderSizes(2 << 20)) {
            const HeldBlock held{bytes, 0x5a};
            void *first = take(arena, held);
            const std::uint32_t id = arena.idOf(first);
            QVERIFY(id != 0);
            QCOMPARE(arena.at(id), first);
            QVERIFY(reinterpret_cast<std::uintptr_t>(first) % 8 == 0);
            QVERIFY(isIntact(first, held));
            arena.release(first);
            void *second = take(arena, held);
            QCOMPARE(second, first);
            arena.release(second);
        }
    }

    void whatIsHeldIsNeverTouched()
    {
        BlockArena arena(smallArena);
        const auto random = Random::seeded(3);
        std::map<std::uint32_t, std::size_t> classOf;
        std::map<void *, HeldBlock> held;
        for (int step = 0; step < 60'000; ++step) {
            const bool growing = step / 10'000 % 2 == 0;
            if (held.empty() || random->unit() < (growing ? 0.7 : 0.3)) {
                const std::size_t bytes = 4 + random->bits() % (random->unit() < 0.1 ? 5000 : 300);
                const HeldBlock block{bytes, static_cast<unsigned char>(random->bits())};
                void *where = take(arena, block);
                QVERIFY(held.emplace(where, block).second);
                const auto known = classOf.emplace(arena.idOf(where), BlockArena::blockBytes(bytes)).first;
                QCOMPARE(known->second, BlockArena::blockBytes(bytes));
            } else {
                auto victim = held.lower_bound(arena.at(static_cast<std::uint32_t>(random->bits() % (1u << 23))));
                victim = victim == held.end() ? held.begin() : victim;
                QVERIFY(isIntact(victim->first, victim->second));
                arena.release(victim->first);
                held.erase(victim);
            }
        }
        for (const auto &[where, block] : held) {
            QVERIFY(isIntact(where, block));
            arena.release(where);
        }
    }

    void aFreeBlockCountsNoHolder()
    {
        BlockArena arena(smallArena);
        std::vector<void *> blocks;
        for (int i = 0; i < 3000; ++i)
            blocks.push_back(take(arena, {128, 0xff}));
        for (void *block : blocks)
            arena.release(block);
        for (void *block : blocks)
            QCOMPARE(countOf(block), 0u);
    }

    void emptyRunsGiveTheirPagesBackButOne()
    {
        BlockArena arena(smallArena);
        for (const std::size_t bytes : {48u, 128u, 4096u, 5000u, 32'768u}) {
            const std::size_t before = arena.residentBytes();
            std::vector<void *> blocks;
            for (std::size_t i = 0; i < 5 * BlockArena::runBytes / bytes; ++i)
                blocks.push_back(take(arena, {bytes, 1}));
            QVERIFY(arena.residentBytes() >= before + 5 * BlockArena::runBytes);
            QVERIFY(isResident(blocks.front()) && isResident(blocks.back()));
            for (void *block : blocks)
                arena.release(block);
            QCOMPARE(arena.residentBytes(), before + BlockArena::runBytes);
            QVERIFY(isResident(blocks.front()) && !isResident(blocks.back()));
            QCOMPARE(countOf(blocks.back()), 0u);
        }
    }

    void pagesThatWereGivenBackAreUsedAgain()
    {
        BlockArena arena(smallArena);
        std::vector<void *> blocks;
        for (int round = 0; round < 100; ++round) {
            for (int i = 0; i < 10'000; ++i)
                blocks.push_back(take(arena, {200, 1}));
            for (void *block : blocks) {
                QVERIFY(arena.idOf(block) != 0);
                arena.release(block);
            }
            blocks.clear();
        }
    }

    void aLargeBlockGivesItsPagesBackAtOnce()
    {
        BlockArena arena(smallArena);
        void *block = take(arena, {3 << 20, 1});
        QVERIFY(isResident(block));
        arena.release(block);
        QCOMPARE(arena.residentBytes(), 0u);
        QVERIFY(!isResident(block));
        QCOMPARE(arena.allocate(3 << 20), block);
    }

    void beyondTheReservationItIsOrdinaryMemory()
    {
        BlockArena arena(1 << 20);
        std::vector<void *> blocks;
        do {
            blocks.push_back(take(arena, {1000, 7}));
        } while (arena.idOf(blocks.back()) != 0);
        QVERIFY(blocks.size() > 500);
        QVERIFY(isIntact(blocks.back(), {1000, 7}));
        arena.release(blocks.back());
        blocks.pop_back();
        arena.release(blocks.back());
        void *again = take(arena, {1000, 7});
        QCOMPARE(again, blocks.back());
        for (void *block : blocks)
            arena.release(block);
    }

    void withoutAReservationItIsOrdinaryMemory()
    {
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        const rlimit none{1, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_AS, &none), 0);
        std::optional<BlockArena> arena(smallArena);
        QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
        for (const std::size_t bytes : {8u, 128u, 100'000u}) {
            void *block = take(*arena, {bytes, 9});
            QCOMPARE(arena->idOf(block), 0u);
            QVERIFY(isIntact(block, {bytes, 9}));
            arena->release(block);
        }
        QCOMPARE(arena->residentBytes(), 0u);
    }

    // Blocks change hands: half of what one thread takes another one releases.
    void threadsShareTheClasses()
    {
        BlockArena arena(256 << 20);
        std::mutex mutex;
        std::vector<std::pair<void *, HeldBlock>> passedOn;
        std::atomic<int> broken{0};
        const auto work = [&](unsigned seed) {
            const auto random = Random::seeded(seed);
            for (int i = 0; i < 20'000; ++i) {
                const HeldBlock held{4 + random->bits() % 400, static_cast<unsigned char>(seed)};
                std::pair<void *, HeldBlock> other{take(arena, held), held};
                {
                    const std::lock_guard lock(mutex);
                    if (passedOn.size() < 500) {
                        passedOn.push_back(other);
                        continue;
                    }
                    std::swap(passedOn[random->bits() % passedOn.size()], other);
                }
                broken += isIntact(other.first, other.second) ? 0 : 1;
                arena.release(other.first);
            }
        };
        std::thread one(work, 1), two(work, 2);
        one.join();
        two.join();
        QCOMPARE(broken.load(), 0);
        for (const auto &[block, held] : passedOn) {
            QVERIFY(isIntact(block, held));
            arena.release(block);
        }
    }
};

QTEST_APPLESS_MAIN(TestBlockArena)
#include "tst_blockarena.moc"
