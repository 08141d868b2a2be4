// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/workloadkeys.h"

#include <array>
#include <unordered_set>

namespace insitecache {

namespace {

constexpr std::array workloadRegions{"US", "KR", "GB", "JP", "DE", "CA", "AU", "FR", "IN", "IT"};
constexpr std::array workloadRanges{"1mo", "5d", "3mo", "6mo", "1y", "2y", "5y", "max"};
constexpr std::array workloadIntervals{"1d", "1wk", "1mo"};
constexpr int shortestSearch = 2;

/// The parts are ours and valid by construction.
CacheKey workloadKey(std::string_view type, std::string_view identity)
{
    return CacheKey::make(type, identity).value();
}

/// Searches as normalisedKey() would write them: lower case, single spaces.
QString workloadSearchText(const QString &name)
{
    return name.toLower().simplified();
}

} // namespace

WorkloadKeys::WorkloadKeys(const std::vector<ListedSymbol> &symbols)
{
    for (const ListedSymbol &listed : symbols) {
        m_symbols.push_back(listed.symbol.toStdString());
        if (!listed.symbol.startsWith(u'^'))
            m_opinions.push_back(m_symbols.back());
    }
    addSearches(symbols);
}

void WorkloadKeys::addSearches(const std::vector<ListedSymbol> &symbols)
{
    std::vector<QString> whole;
    qsizetype longest = 0;
    std::unordered_set<std::string> seen;
    const auto add = [&](const QString &text) {
        if (text.size() < shortestSearch || !seen.insert(text.toStdString()).second)
            return;
        m_searches.push_back(text.toStdString());
    };
    for (const ListedSymbol &listed : symbols) {
        for (const QString &name : {listed.symbol, listed.name, listed.koreanName}) {
            whole.push_back(workloadSearchText(name));
            longest = std::max(longest, whole.back().size());
            add(whole.back());
        }
    }
    for (qsizetype length = longest - 1; length >= shortestSearch; --length) {
        for (const QString &text : whole) {
            if (text.size() > length)
                add(text.left(length).trimmed());
        }
    }
}

CacheKey WorkloadKeys::stock(std::uint64_t rank) const
{
    const std::uint64_t round = (rank - 1) / m_symbols.size();
    const std::string &symbol = m_symbols[(rank - 1) % m_symbols.size()];
    const std::uint64_t variants = workloadRanges.size() * workloadIntervals.size();
    const std::uint64_t variant = round % (variants + 1);
    if (variant == 0)
        return workloadKey("stock", symbol);
    const char *range = workloadRanges[(variant - 1) % workloadRanges.size()];
    const char *interval = workloadIntervals[(variant - 1) / workloadRanges.size()];
    return workloadKey("history", symbol + ':' + range + ':' + interval);
}

CacheKey WorkloadKeys::search(std::uint64_t rank) const
{
    return workloadKey("search", m_searches[(rank - 1) % m_searches.size()]);
}

CacheKey WorkloadKeys::sentiment(std::uint64_t rank) const
{
    return workloadKey("sentiment", m_opinions[(rank - 1) % m_opinions.size()]);
}

CacheKey WorkloadKeys::trending(std::uint64_t rank)
{
    return workloadKey("trending", workloadRegions[(rank - 1) % workloadRegions.size()]);
}

CacheKey WorkloadKeys::user(std::uint64_t rank)
{
    return workloadKey("user", std::to_string((rank - 1) % demoUserCount + 1));
}

} // namespace insitecache
