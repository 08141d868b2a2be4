// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/cache/tieredcache.h>

#include "support/gatedtier.h"
#include "support/manualclock.h"
#include "support/memoryjournal.h"
#include "support/scripteddirect.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

namespace insitecache::test {

inline Error outage()
{
    return {ErrorCode::Unavailable, "down for the test"};
}

/// One coordinator over a real L1 and two gated tiers, with everything that happens written down.
struct CacheRig {
    std::shared_ptr<ManualClock> time = std::make_shared<ManualClock>();
    ManualClock &clock = *time;
    std::vector<std::string> log;
    std::shared_ptr<MemoryTier> l1 = std::make_shared<MemoryTier>(MemoryTierOptions{}, clock);
    std::shared_ptr<GatedTier> l2 = std::make_shared<GatedTier>(Stage::L2, clock, &log);
    std::shared_ptr<GatedTier> l3 = std::make_shared<GatedTier>(Stage::L3, clock, &log);
    std::shared_ptr<ScriptedSource> source = std::make_shared<ScriptedSource>();
    std::shared_ptr<PolicyRegistry> policies = std::make_shared<PolicyRegistry>();
    std::shared_ptr<Metrics> metrics = std::make_shared<Metrics>();
    /// Every search is made from the quote of the same name.
    static std::vector<CacheKey> parentsOf(const Entry &entry)
    {
        if (entry.key().type() != "search")
            return {};
        return {CacheKey::make("stock", entry.key().identity()).value()};
    }
    std::shared_ptr<MemoryJournal> journal;
    std::shared_ptr<ScriptedDirect> direct = std::make_shared<ScriptedDirect>(l2->inner());
    std::unique_ptr<TieredCache> process;
    TieredCache &cache;

    explicit CacheRig(std::shared_ptr<MemoryJournal> written = {}) :
        journal(std::move(written)), process(make()), cache(*process)
    {}
    /// With another L1.
    explicit CacheRig(const MemoryTierOptions &memory) :
        l1(std::make_shared<MemoryTier>(memory, clock)), process(make()), cache(*process)
    {}
    /// A process that starts after `dead` was killed in the middle of whatever it did: over the same L2, L3 and
    /// journal.
    explicit CacheRig(CacheRig &dead) :
        time(dead.time), l2(dead.l2), l3(dead.l3), source(dead.source), journal(dead.journal),
        process((dead.kill(), make())), cache(*process)
    {}
    void kill()
    {
        l2->forgetHeld();
        l3->forgetHeld();
        journal->crash();
        process.reset();
    }

    std::vector<Lookup> get(std::vector<CacheKey> keys, LookupOptions options = {})
    {
        std::vector<Lookup> out;
        cache.lookup(std::move(keys), options, [&](std::vector<Lookup> answers) { out = std::move(answers); });
        return out;
    }
    Lookup get(const char *text, LookupOptions options = {}) { return get(std::vector{keyOf(text)}, options).at(0); }
    /// The short way, L1 left out; none where it does not answer.
    std::optional<Lookup> lookUpDirect(const char *text)
    {
        const CacheKey key = keyOf(text);
        Lookup answer;
        return cache.tryDirect(std::vector{TieredCache::Asked{&key, &answer}}) == 1 ? std::optional(std::move(answer))
                                                                                    : std::nullopt;
    }
    /// Its value; empty where it does not answer.
    std::string getDirect(const char *text)
    {
        const auto answer = lookUpDirect(text);
        return answer ? std::string(answer->entry->payload()) : std::string();
    }
    InvalidationResult invalidate(Invalidation what)
    {
        InvalidationResult out;
        cache.invalidate(what, [&](InvalidationResult result) { out = std::move(result); });
        return out;
    }
    Result<UndoResult> undo(std::uint64_t id)
    {
        Result<UndoResult> out = fail(ErrorCode::Internal, "not answered");
        cache.undo(id, [&](Result<UndoResult> result) { out = std::move(result); });
        return out;
    }
    Status write(const char *text, const char *payload)
    {
        Status out = fail(ErrorCode::Internal, "not answered");
        cache.write(keyOf(text), payload, "test", [&](Status status) { out = std::move(status); });
        return out;
    }
    bool has(MemoryTier &tier, const char *text) { return tier.peek(keyOf(text)) != nullptr; }

private:
    std::unique_ptr<TieredCache> make()
    {
        TieredCacheParts parts{
            l1, l2, l3, {source}, policies, metrics, &clock, Random::seeded(1), parentsOf, nullptr, journal};
        parts.l2Direct = direct;
        return std::make_unique<TieredCache>(std::move(parts));
    }
};

inline Invalidation invalidationOf(const char *text)
{
    Invalidation what;
    what.which = Selector::keys({keyOf(text)});
    return what;
}

} // namespace insitecache::test
