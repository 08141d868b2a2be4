// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/entrypage.h"

#include <algorithm>
#include <unordered_map>

namespace insitecache {

namespace {

const Policy &policyOf(const std::vector<Policy> &policies, std::string_view type)
{
    const auto named = [&](std::string_view name) {
        return std::find_if(policies.begin(), policies.end(), [&](const Policy &p) { return p.type == name; });
    };
    const auto own = named(type);
    return own != policies.end() ? *own : *named("default");
}

void addCopy(EntryRow &row, std::size_t tier, const TierEntryInfo &info)
{
    row.key = info.key;
    row.tiers[tier] = {true, info.ttl > Millis::zero(), info.ttl, info.bytes, info.rawBytes, info.version};
    row.hits += info.hits;
}

/// The copy that a lookup would take now: the first fresh one from above, else the one that stays usable longest.
const EntryRow::Copy *answeringCopy(const EntryRow &row)
{
    const EntryRow::Copy *best = nullptr;
    for (const EntryRow::Copy &copy : row.tiers) {
        if (copy.present && copy.fresh)
            return &copy;
        if (copy.present && (!best || copy.ttl > best->ttl))
            best = &copy;
    }
    return best;
}

void finishRow(EntryRow &row, const Policy &policy, WallTime now)
{
    const EntryRow::Copy *copy = answeringCopy(row);
    if (!copy)
        return;
    row.expires = now + copy->ttl;
    const Millis life = row.negative ? policy.negativeTtl : policy.ttl;
    const double left = static_cast<double>(copy->ttl.count()) / static_cast<double>(life.count());
    row.ageShare = std::clamp(1.0 - left, 0.0, 1.0);
}

EntryRow *rowOfKey(EntryPage &page, const CacheKey &key)
{
    const auto row = std::lower_bound(page.rows.begin(), page.rows.end(), key,
        [](const EntryRow &candidate, const CacheKey &wanted) { return candidate.key < wanted; });
    return row != page.rows.end() && row->key == key ? &*row : nullptr;
}

} // namespace

void countDependencies(EntryPage &page, const EdgeList &edges)
{
    page.knowsDependencies = edges.complete;
    for (const Edge &edge : edges.edges) {
        if (EntryRow *parent = rowOfKey(page, edge.parent))
            ++parent->children;
        if (EntryRow *child = rowOfKey(page, edge.child))
            ++child->parents;
    }
}

EntryPage makeEntryPage(
    const TierListings &listings, std::size_t limit, const std::vector<Policy> &policies, WallTime now)
{
    EntryPage page;
    page.taken = now;
    page.unreachable = listings.failures();
    page.exact = page.unreachable.empty();
    std::unordered_map<CacheKey, std::size_t> rowOf;
    for (std::size_t tier = 0; tier < tierCount; ++tier) {
        const auto &listing = listings.tiers[tier];
        if (!listing || !*listing)
            continue;
        page.exact = page.exact && (*listing)->exact && (*listing)->total == (*listing)->entries.size();
        page.total = std::max(page.total, (*listing)->total);
        for (const TierEntryInfo &info : (*listing)->entries) {
            const auto [place, added] = rowOf.try_emplace(info.key, page.rows.size());
            if (added) {
                page.rows.emplace_back();
                page.rows.back().created = info.created;
                page.rows.back().origin = info.origin;
                page.rows.back().negative = info.negative;
            }
            addCopy(page.rows[place->second], tier, info);
        }
    }
    page.total = std::max<std::uint64_t>(page.total, page.rows.size());
    std::sort(page.rows.begin(), page.rows.end(), [](const EntryRow &a, const EntryRow &b) { return a.key < b.key; });
    if (page.rows.size() > limit)
        page.rows.resize(limit);
    for (EntryRow &row : page.rows)
        finishRow(row, policyOf(policies, row.key.type()), now);
    return page;
}

} // namespace insitecache
