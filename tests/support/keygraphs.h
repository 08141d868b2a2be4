// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/keygraph.h"
#include "support/entryrows.h"

namespace insitecache::test {

using KeyEdges = std::vector<std::pair<std::string, std::string>>; ///< parent, child

/// A graph of these edges; `rows` are what the tiers hold. Every type costs one call of "yahoo" but user, which costs
/// none, and sentiment, which costs one of "reddit" and one of "x".
inline KeyGraphPtr keyGraph(
    const KeyEdges &edges, std::vector<EntryRow> rows = {}, EntryContext context = entryContext())
{
    DependencyPage page;
    for (const auto &[parent, child] : edges)
        page.edges.push_back({CacheKey::parse(parent).value(), CacheKey::parse(child).value()});
    page.entries = entrySnapshot(std::move(rows))->page;
    for (const char *type : {"stock", "search", "trending"})
        page.refills.push_back({type, {{"yahoo", 1}}});
    page.refills.push_back({"sentiment", {{"reddit", 1}, {"x", 1}}});
    page.refills.push_back({"user", {}});
    return std::make_shared<const KeyGraph>(std::move(page), std::move(context));
}

} // namespace insitecache::test
