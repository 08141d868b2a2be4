// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/base/random.h>

#include "models/entryarrangement.h"

namespace insitecache::test {

inline constexpr WallTime entriesTaken{Millis(1'770'000'000'000)};

inline EntryContext entryContext()
{
    EntryContext context;
    context.policies = PolicyRegistry::builtIn();
    return context;
}

/// A row with a copy in each of the named tiers ("L1 L3"), all of the same life and version.
inline EntryRow entryRow(std::string_view key, std::string_view tiers, Millis ttl, std::uint64_t hits = 0)
{
    EntryRow row;
    row.key = CacheKey::parse(key).value();
    for (int i = 0; i < tierCount; ++i) {
        if (tiers.find("L" + std::to_string(i + 1)) != std::string_view::npos)
            row.tiers[i] = {true, ttl > Millis::zero(), ttl, 400, 300, 7};
    }
    row.hits = hits;
    row.created = entriesTaken - Millis(1000);
    row.expires = entriesTaken + ttl;
    row.origin = "yahoo";
    return row;
}

inline EntrySnapshotPtr entrySnapshot(std::vector<EntryRow> rows, EntryContext context = entryContext())
{
    auto snapshot = std::make_shared<EntrySnapshot>();
    std::sort(rows.begin(), rows.end(), [](const EntryRow &a, const EntryRow &b) { return a.key < b.key; });
    snapshot->page.total = rows.size();
    snapshot->page.rows = std::move(rows);
    snapshot->page.taken = entriesTaken;
    snapshot->context = std::move(context);
    return snapshot;
}

/// Rows of all sorts; the same seed gives the same rows.
inline std::vector<EntryRow> randomEntryRows(int count, std::uint64_t seed)
{
    const auto random = Random::seeded(seed);
    static constexpr std::string_view types[] = {"stock", "search", "sentiment", "trending", "user"};
    static constexpr std::string_view origins[] = {"yahoo", "reddit+x", "user"};
    std::vector<EntryRow> rows;
    for (int i = 0; i < count; ++i) {
        EntryRow row;
        row.key = CacheKey::make(types[random->bits() % 5], "K" + std::to_string(i)).value();
        for (int tier = 0; tier < tierCount; ++tier) {
            const Millis ttl(static_cast<long long>(random->between(-60'000, 600'000)));
            if (random->unit() < 0.6)
                row.tiers[tier] = {
                    true, ttl > Millis::zero(), ttl, random->bits() % 5000, random->bits() % 9000, random->bits() % 3};
        }
        row.hits = random->bits() % 40;
        row.expires = entriesTaken + Millis(static_cast<long long>(random->between(-60'000, 600'000)));
        row.origin = origins[random->bits() % 3];
        row.parents = std::uint32_t(random->bits() % 4);
        row.children = std::uint32_t(random->bits() % 12);
        row.negative = random->unit() < 0.1;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace insitecache::test
