// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/monitor/workload.h>
#include <insitecache/sources/demoupstream.h>

namespace insitecache {

/// Which key stands at which rank of popularity, per type. Every key is one that the upstreams can answer:
/// an invented ticker would only measure how fast "there is none" is cached.
///
/// - stock: `stock:SYMBOL` in the list's order, the best known first. Ranks beyond the list are histories,
///   `history:SYMBOL:RANGE:INTERVAL`, one range and interval after the other over the whole list.
/// - search: symbols, names and Korean names, then ever shorter beginnings of them, as people type.
/// - sentiment: the listed companies and funds. trending: the regions. user: `user:1` … `user:500`, the users of
///   seedDemoPreferences().
/// Ranks beyond the last key of a type start again at its first, which adds their share to the popular ones.
/// Immutable after construction.
class WorkloadKeys {
public:
    /// Precondition: `symbols` is not empty.
    explicit WorkloadKeys(const std::vector<ListedSymbol> &symbols);

    CacheKey stock(std::uint64_t rank) const;
    CacheKey search(std::uint64_t rank) const;
    CacheKey sentiment(std::uint64_t rank) const;
    static CacheKey trending(std::uint64_t rank);
    static CacheKey user(std::uint64_t rank);

private:
    void addSearches(const std::vector<ListedSymbol> &symbols);

    std::vector<std::string> m_symbols;
    std::vector<std::string> m_opinions;
    std::vector<std::string> m_searches;
};

} // namespace insitecache
