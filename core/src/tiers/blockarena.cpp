// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/blockarena.h"

#include <algorithm>
#include <bit>
#include <new>

#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace insitecache {

namespace {

constexpr std::size_t growthBytes = 4 << 20;

// Steps of 8 bytes up to 512, then eight steps for each doubling.
constexpr std::size_t fineStep = 8;
constexpr std::size_t fineBytes = 512;
constexpr std::size_t fineClasses = fineBytes / fineStep;
constexpr std::size_t stepsPerDoubling = 8;

std::size_t sizeClassOf(std::size_t bytes)
{
    if (bytes <= fineBytes)
        return (std::max<std::size_t>(bytes, 1) - 1) / fineStep;
    const auto doublings = static_cast<std::size_t>(std::bit_width((bytes - 1) / fineBytes)) - 1;
    const std::size_t base = fineBytes << doublings;
    return fineClasses + doublings * stepsPerDoubling + (bytes - 1 - base) / (base / stepsPerDoubling);
}

std::size_t bytesOfClass(std::size_t index)
{
    if (index < fineClasses)
        return (index + 1) * fineStep;
    const std::size_t base = fineBytes << (index - fineClasses) / stepsPerDoubling;
    return base + base / stepsPerDoubling * ((index - fineClasses) % stepsPerDoubling + 1);
}

constexpr std::size_t roundedUp(std::size_t bytes, std::size_t unit)
{
    return (bytes + unit - 1) / unit * unit;
}

/// A free block's link. Behind the count of holders, which readers may be looking at.
std::atomic_ref<std::uint32_t> linkOf(void *block)
{
    return std::atomic_ref(static_cast<std::uint32_t *>(block)[1]);
}

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t blockHeadBytes = 8;

// A very large block is guarded at its beginning: the shadow of a whole one would cost more than the block.
void guardBlock(void *block, std::size_t bytes)
{
    const std::size_t guarded = std::min(bytes, BlockArena::runBytes);
    if (guarded > blockHeadBytes)
        ASAN_POISON_MEMORY_REGION(static_cast<char *>(block) + blockHeadBytes, guarded - blockHeadBytes);
}

void unguardBlock(void *block, std::size_t bytes)
{
    ASAN_UNPOISON_MEMORY_REGION(block, bytes);
}
#else
void guardBlock(void *, std::size_t) {}
void unguardBlock(void *, std::size_t) {}
#endif

} // namespace

BlockArena::BlockArena(std::size_t reservedBytes)
{
    for (std::size_t i = 0; i < classCount; ++i) {
        m_classes[i].bytes = bytesOfClass(i);
        m_classes[i].blocks = std::max<std::size_t>(1, runBytes / m_classes[i].bytes);
        m_classes[i].span = roundedUp(m_classes[i].bytes, runBytes);
    }
    if (!reserve(reservedBytes / runBytes * runBytes))
        m_used = m_reserved;
}

BlockArena::~BlockArena()
{
    if (!m_base)
        return;
    unguardBlock(m_base, m_usable);
    ::munmap(m_base, m_reserved);
}

bool BlockArena::reserve(std::size_t bytes)
{
    void *base = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return false;
    m_base = static_cast<char *>(base);
    m_reserved = bytes;
    m_used = roundedUp(bytes / runBytes * sizeof(Run), runBytes);
    m_runs = static_cast<Run *>(base);
    return makeUsable(m_used);
}

/// Not all at once: where the system counts what is promised, only this counts.
bool BlockArena::makeUsable(std::size_t bytes)
{
    if (bytes <= m_usable)
        return true;
    const std::size_t wanted = std::min(roundedUp(bytes, growthBytes), m_reserved);
    if (bytes > wanted || ::mprotect(m_base + m_usable, wanted - m_usable, PROT_READ | PROT_WRITE) != 0)
        return false;
    m_usable = wanted;
    return true;
}

std::size_t BlockArena::blockBytes(std::size_t bytes)
{
    const std::size_t index = sizeClassOf(bytes);
    return index < classCount ? bytesOfClass(index) : bytes;
}

std::uint32_t BlockArena::idOf(const void *block) const
{
    const auto offset = reinterpret_cast<std::uintptr_t>(block) - reinterpret_cast<std::uintptr_t>(m_base);
    return offset < m_reserved ? static_cast<std::uint32_t>(offset / idUnit) : 0;
}

void *BlockArena::allocate(std::size_t bytes)
{
    const std::size_t index = sizeClassOf(bytes);
    if (index < classCount) {
        SizeClass &sizeClass = m_classes[index];
        const std::lock_guard lock(sizeClass.mutex);
        if (sizeClass.open != 0 || openRun(sizeClass))
            return takeBlock(sizeClass);
    }
    void *outside = ::operator new(bytes);
    *static_cast<std::uint32_t *>(outside) = 0;
    return outside;
}

void *BlockArena::takeBlock(SizeClass &sizeClass)
{
    const std::uint32_t number = sizeClass.open;
    Run &run = m_runs[number];
    void *block = nullptr;
    if (run.free != 0) {
        block = at(run.free);
        run.free = linkOf(block).load(std::memory_order_relaxed);
    } else {
        block = m_base + number * runBytes + run.cut++ * sizeClass.bytes;
    }
    if (sizeClass.empty == number)
        sizeClass.empty = 0;
    if (++run.live == sizeClass.blocks)
        unlink(sizeClass, number);
    unguardBlock(block, sizeClass.bytes);
    return block;
}

void BlockArena::release(void *block)
{
    const std::uint32_t id = idOf(block);
    if (id == 0)
        return ::operator delete(block);
    const auto number = static_cast<std::uint32_t>(id / (runBytes / idUnit));
    Run &run = m_runs[number];
    SizeClass &sizeClass = m_classes[run.sizeClass];
    const std::lock_guard lock(sizeClass.mutex);
    linkOf(block).store(run.free, std::memory_order_relaxed);
    run.free = id;
    guardBlock(block, sizeClass.bytes);
    if (run.live == sizeClass.blocks)
        link(sizeClass, number);
    if (--run.live == 0)
        emptied(sizeClass, number);
}

void BlockArena::emptied(SizeClass &sizeClass, std::uint32_t number)
{
    if (sizeClass.empty == 0 && sizeClass.span == runBytes)
        sizeClass.empty = number;
    else
        giveBack(sizeClass, number);
}

void BlockArena::giveBack(SizeClass &sizeClass, std::uint32_t number)
{
    Run &run = m_runs[number];
    unlink(sizeClass, number);
    ::madvise(m_base + number * runBytes, sizeClass.span, MADV_DONTNEED);
    run.free = 0;
    run.cut = 0;
    run.next = sizeClass.given;
    sizeClass.given = number;
    m_resident.fetch_sub(sizeClass.span, std::memory_order_relaxed);
}

bool BlockArena::openRun(SizeClass &sizeClass)
{
    std::uint32_t number = sizeClass.given;
    if (number != 0)
        sizeClass.given = m_runs[number].next;
    else
        number = newRun(sizeClass);
    if (number == 0)
        return false;
    link(sizeClass, number);
    m_resident.fetch_add(sizeClass.span, std::memory_order_relaxed);
    return true;
}

std::uint32_t BlockArena::newRun(const SizeClass &sizeClass)
{
    const std::lock_guard lock(m_growing);
    const std::size_t end = m_used + sizeClass.span;
    if (end > m_reserved || !makeUsable(end))
        return 0;
    const auto number = static_cast<std::uint32_t>(m_used / runBytes);
    m_used = end;
    m_runs[number].sizeClass = static_cast<std::uint8_t>(&sizeClass - m_classes.data());
    return number;
}

void BlockArena::link(SizeClass &sizeClass, std::uint32_t number)
{
    Run &run = m_runs[number];
    run.previous = 0;
    run.next = sizeClass.open;
    if (run.next != 0)
        m_runs[run.next].previous = number;
    sizeClass.open = number;
}

void BlockArena::unlink(SizeClass &sizeClass, std::uint32_t number)
{
    const Run &run = m_runs[number];
    if (run.previous != 0)
        m_runs[run.previous].next = run.next;
    else
        sizeClass.open = run.next;
    if (run.next != 0)
        m_runs[run.next].previous = run.previous;
}

} // namespace insitecache
