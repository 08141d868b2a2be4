// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>

namespace insitecache {

/// The memory of entries: blocks that are named by 32 bits and keep their size for ever.
///
/// Type-stable: an address that was a block once is always a block of the same size class, free or in use, and its
/// first four bytes always are the count of its holders, zero while it is free. So a reader without a lock that follows
/// an id from before finds a count it may look at, never the middle of something else (Greenwald & Cheriton, "The
/// Synergy Between Non-Blocking Synchronization and Operating System Structure", OSDI 1996; SLAB_TYPESAFE_BY_RCU in
/// Linux).
///
/// One reservation of address space, given out in runs of 64 KiB. A run belongs to one size class for ever and is cut
/// into its blocks; a block above 32 KiB has a run of its own, as long as it needs. A run whose blocks are all free
/// gives its pages back to the system, after which it reads as zeros, that is as free; each class keeps one such run.
///
/// Where the address space is used up or was refused, blocks come from operator new: they have no id and are not
/// type-stable.
///
/// Any thread; one short lock for each size class.
class BlockArena {
public:
    static constexpr std::size_t runBytes = 64 << 10;
    static constexpr std::size_t idUnit = 8; ///< bytes between two neighbouring ids: 2^32 of them are 32 GiB

    /// The one that entries come from. Never destroyed: entries may outlive every static.
    static BlockArena &instance()
    {
        static auto &arena = *new BlockArena(idUnit << 32);
        return arena;
    }
    explicit BlockArena(std::size_t reservedBytes);
    ~BlockArena();
    BlockArena(const BlockArena &) = delete;
    BlockArena &operator=(const BlockArena &) = delete;

    /// At least `bytes`, aligned to 8. The content is anything, but the first four bytes are zero and stay so until the
    /// caller says otherwise, as its last word.
    void *allocate(std::size_t bytes);
    /// The first four bytes must be zero.
    void release(void *block);

    /// 0: the block lies outside, or there is none.
    std::uint32_t idOf(const void *block) const;
    void *at(std::uint32_t id) const { return m_base + std::size_t(id) * idUnit; }
    /// What a block for that many bytes takes.
    static std::size_t blockBytes(std::size_t bytes);
    /// Of the runs that hold their pages: an upper bound, as untouched pages are counted.
    std::size_t residentBytes() const { return m_resident.load(std::memory_order_relaxed); }

private:
    // Runs are known by their number, counted in 64 KiB from the base; 0, where this table lies, is none.
    struct Run {
        std::uint32_t free;           ///< id of the first free block that was in use before; 0: none
        std::uint32_t previous, next; ///< among those of its class with room
        std::uint16_t live;           ///< blocks in use
        std::uint16_t cut;            ///< blocks in use or free; behind them all is untouched
        std::uint8_t sizeClass;
    };
    struct SizeClass {
        std::size_t bytes = 0;  ///< of a block
        std::size_t blocks = 0; ///< in a run
        std::size_t span = 0;   ///< what a run takes of the address space
        std::mutex mutex;
        std::uint32_t open = 0;  ///< first of the runs with room
        std::uint32_t given = 0; ///< first of those whose pages were given back
        std::uint32_t empty = 0; ///< the one that may keep its pages though nothing is in use
    };
    static constexpr std::size_t classCount = 256;

    bool reserve(std::size_t bytes);
    bool makeUsable(std::size_t bytes);
    std::uint32_t newRun(const SizeClass &sizeClass);
    bool openRun(SizeClass &sizeClass);
    void *takeBlock(SizeClass &sizeClass);
    void emptied(SizeClass &sizeClass, std::uint32_t number);
    void giveBack(SizeClass &sizeClass, std::uint32_t number);
    void link(SizeClass &sizeClass, std::uint32_t number);
    void unlink(SizeClass &sizeClass, std::uint32_t number);

    char *m_base = nullptr;
    std::size_t m_reserved = 0;
    Run *m_runs = nullptr; ///< at the base

    std::mutex m_growing;
    std::size_t m_usable = 0; ///< bytes from the base that may be touched
    std::size_t m_used = 0;   ///< bytes from the base that belong to the table or to runs
    std::atomic<std::size_t> m_resident{0};
    std::array<SizeClass, classCount> m_classes;
};

} // namespace insitecache
