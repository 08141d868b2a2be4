// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "sources/demo/democatalogue.h"
#include "sources/demo/demohistory.h"
#include "sources/demo/demoposts.h"
#include "sources/demo/demoprices.h"

namespace insitecache {

/// The seeded world behind the demo upstream: instruments, their prices and what is said about them. It keeps no
/// state: the same seed, symbol and time give the same answer, in any order and in any process. Not a model of any
/// market.
/// Immutable; any thread.
class DemoMarket {
public:
    explicit DemoMarket(std::uint64_t seed) :
        m_catalogue(listedSymbols()), m_prices(seed), m_posts(seed, m_prices), m_noise(DemoNoise(seed).fork(99))
    {}
    DemoMarket(const DemoMarket &) = delete;
    DemoMarket &operator=(const DemoMarket &) = delete;

    const DemoCatalogue &catalogue() const { return m_catalogue; }
    const DemoPrices &prices() const { return m_prices; }
    const DemoPosts &posts() const { return m_posts; }

    /// What people of a region (two letters, as Yahoo has them) look at: known names with large moves first. Changes
    /// every quarter of an hour. Empty for a region that Yahoo does not have.
    std::vector<const DemoInstrument *> trending(const QString &region, std::int64_t time, std::size_t limit) const;

    /// Symbols that were listed once: Yahoo still knows them, without a price.
    static bool isDelisted(const QString &symbol);

private:
    DemoCatalogue m_catalogue;
    DemoPrices m_prices;
    DemoPosts m_posts;
    DemoNoise m_noise;
};

} // namespace insitecache
