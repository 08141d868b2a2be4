// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/l1plays.h"

#include <map>

#include "support/manualclock.h"
#include "support/opbytes.h"
#include "tiers/memorystore.h"

namespace insitecache::test {

namespace {

constexpr std::size_t everything = 1'000'000;

struct Kept {
    std::uint64_t version = 0;
    SteadyTime freshUntil, staleUntil;
    std::uint64_t cost = 0;
    bool operator==(const Kept &) const = default;
};
using Keeping = std::map<std::string, Kept>;

Kept keptOf(const Entry &entry)
{
    return {entry.version(), entry.freshUntil(), entry.staleUntil(), MemoryStore::costOf(entry)};
}

MemoryTierOptions optionsFrom(OpBytes &ops)
{
    MemoryTierOptions options;
    options.eviction = Eviction(ops.below(5));
    options.maxEntries = ops.below(2) == 0 ? 3 + ops.below(40) : 40'000;
    // Enough for several parts, or for about as many entries as the smaller of the two limits above.
    options.maxBytes = options.maxEntries == 40'000 ? 10 << 20 : ops.below(2) == 0 ? 10'000 : 1 << 20;
    options.maxEntryBytes = options.maxBytes / 2;
    return options;
}

/// The store, and what it has to hold: what was in it before the step and what the step did to that. What is missing
/// afterwards must have gone for a reason that is counted.
class StorePlay {
public:
    explicit StorePlay(OpBytes &ops) : m_options(optionsFrom(ops)), m_store(m_options) {}

    std::string step(OpBytes &ops)
    {
        m_mayLose = false;
        const std::uint64_t evictions = m_store.evictions();
        const std::uint64_t expirations = m_store.expirations();
        std::string wrong = act(ops);
        return wrong.empty() ? compare(m_store.evictions() - evictions, m_store.expirations() - expirations) : wrong;
    }

private:
    SteadyTime now() const { return m_clock.now(); }
    static std::string keyOf(std::uint64_t number) { return "stock:" + std::to_string(number); }

    std::string act(OpBytes &ops)
    {
        const std::string key = keyOf(ops.below(60));
        switch (ops.below(12)) {
        case 0: return erase(key);
        case 1: return advance(Millis(ops.spread(12)));
        case 2: return advance(Millis(ops.below(3)));
        case 3: return purge(ops.below(2) == 0 ? ops.below(9) : everything);
        case 4: return endFreshLife(ops.below(8) == 0 ? Selector::all() : only(key));
        case 5: return deferRefresh(key);
        case 6: return ops.below(16) == 0 ? eraseMatching(Selector::all()) : eraseMatching(only(key));
        case 7: return read(key);
        default: return insert(key, ops);
        }
    }
    static Selector only(const std::string &key) { return Selector::keys({CacheKey::parse(key).value()}); }

    std::string insert(const std::string &key, OpBytes &ops)
    {
        EntryFields fields;
        fields.key = CacheKey::parse(key).value();
        fields.version = ++m_version;
        fields.payload.assign(ops.below(256) * m_options.maxBytes / 6'000, 'x');
        fields.ttl = Millis(ops.spread(11));
        fields.staleFor = Millis(ops.spread(10));
        fields.freshUntil = fields.refreshAt = now() + fields.ttl;
        const EntryPtr entry = Entry::make(fields);
        const bool may = ops.below(10) != 0;
        const bool placed = m_store.insert(entry, now(), [may](const Entry *) { return may; });
        if (!may)
            return placed ? "it was stored although it must not" : std::string();
        m_expected.erase(key);
        if (!placed)
            return MemoryStore::costOf(*entry) > m_options.maxEntryBytes ? std::string() : "it was not stored";
        m_expected[key] = keptOf(*entry);
        m_mayLose = true;
        return {};
    }
    std::string erase(const std::string &key)
    {
        m_store.erase(key);
        m_expected.erase(key);
        return {};
    }
    std::string eraseMatching(const Selector &which)
    {
        std::uint64_t usable = 0;
        std::erase_if(m_expected, [&](const auto &one) {
            const bool matches = which.matches(one.first);
            usable += matches && now() < one.second.staleUntil ? 1 : 0;
            return matches;
        });
        return m_store.erase(which, now()) == usable ? std::string() : "the number of removed entries is wrong";
    }
    std::string advance(Millis by)
    {
        m_clock.advance(by);
        return {};
    }
    std::string purge(std::size_t limit)
    {
        const std::size_t purged = m_store.purgeExpired(now(), limit);
        const std::size_t before = m_expected.size();
        std::erase_if(m_expected, [&](const auto &one) {
            return one.second.staleUntil <= now() && (limit == everything || !m_store.peek(one.first));
        });
        m_purged = before - m_expected.size();
        return purged == m_purged ? std::string() : "the number of purged entries is wrong";
    }
    std::string endFreshLife(const Selector &which)
    {
        m_store.endFreshLife(which, now());
        std::erase_if(
            m_expected, [&](const auto &one) { return which.matches(one.first) && one.second.staleUntil <= now(); });
        for (auto &[key, kept] : m_expected) {
            if (!which.matches(key))
                continue;
            const Duration cut = std::max(Duration(0), Duration(kept.freshUntil - now()));
            kept.freshUntil -= cut;
            kept.staleUntil -= cut;
        }
        return {};
    }
    std::string deferRefresh(const std::string &key)
    {
        m_store.deferRefresh(key, now() + Millis(5));
        return {};
    }
    std::string read(const std::string &key)
    {
        const auto found = m_expected.find(key);
        const bool isThere = found != m_expected.end();
        MemoryHit hit;
        const bool isFresh = m_store.tryGet(key, now(), hit);
        if (isFresh != (isThere && now() < found->second.freshUntil))
            return "a read of the fresh copy is wrong";
        const EntryPtr entry = m_store.get(key, now());
        if (bool(entry) != (isThere && now() < found->second.staleUntil))
            return "a read of the usable copy is wrong";
        if (entry && keptOf(*entry) != found->second)
            return "the copy is another one";
        if (isThere && !entry) {
            m_expected.erase(found);
            m_purged = 1;
        }
        return {};
    }

    std::string compare(std::uint64_t evictions, std::uint64_t expirations)
    {
        Keeping kept;
        std::uint64_t bytes = 0;
        bool hasExpired = false;
        m_store.forEach(Selector::all(), [&](const Entry &entry) {
            kept[std::string(entry.keyText())] = keptOf(entry);
            bytes += MemoryStore::costOf(entry);
            hasExpired = hasExpired || !entry.isFresh(now());
        });
        std::string wrong = compareLosses(kept, evictions, expirations);
        if (m_store.entries() != kept.size() || m_store.bytes() - m_store.overheadBytes() != bytes)
            wrong = "the totals are wrong";
        if (m_store.entries() > m_options.maxEntries || m_store.bytes() > m_options.maxBytes)
            wrong = "it is over its bounds";
        if (evictions > 0 && hasExpired)
            wrong = "a fresh entry went while an expired one was there";
        m_expected = std::move(kept);
        m_purged = 0;
        return wrong;
    }
    std::string compareLosses(const Keeping &kept, std::uint64_t evictions, std::uint64_t expirations) const
    {
        std::uint64_t fresh = 0, expired = m_purged, bytes = 0;
        for (const auto &[key, was] : m_expected) {
            bytes += was.cost;
            if (!kept.contains(key))
                ++(now() < was.freshUntil ? fresh : expired);
        }
        for (const auto &[key, is] : kept) {
            const auto was = m_expected.find(key);
            if (was == m_expected.end() || was->second != is)
                return "it holds what it should not: " + key;
        }
        if (fresh != evictions || expired != expirations)
            return "an entry went for no reason that was counted";
        const bool isTooMuch = m_expected.size() > m_options.maxEntries || bytes > m_options.maxBytes;
        if (fresh > 0 && !(m_mayLose && isTooMuch))
            return "a fresh entry went without need";
        return {};
    }

    MemoryTierOptions m_options;
    ManualClock m_clock;
    MemoryStore m_store;
    Keeping m_expected;
    std::uint64_t m_version = 0;
    std::uint64_t m_purged = 0; ///< taken out of m_expected in this step because they had expired
    bool m_mayLose = false;
};

} // namespace

std::string playOnStore(std::span<const std::uint8_t> bytes)
{
    OpBytes ops(bytes);
    StorePlay play(ops);
    while (!ops.isAtEnd()) {
        if (std::string wrong = play.step(ops); !wrong.empty())
            return wrong;
    }
    return {};
}

} // namespace insitecache::test
