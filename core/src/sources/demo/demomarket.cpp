// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demomarket.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace insitecache {

namespace {

constexpr std::int64_t demoTrendingStep = 900; // seconds
constexpr QStringView demoRegions[]
    = {u"US", u"KR", u"GB", u"JP", u"DE", u"FR", u"IT", u"ES", u"CA", u"AU", u"IN", u"HK", u"SG", u"BR", u"TW"};
constexpr QStringView demoDelisted[] = {u"TWTR", u"ATVI", u"SIVB", u"FRC", u"BBBY", u"SI"};

} // namespace

std::vector<const DemoInstrument *> DemoMarket::trending(
    const QString &region, std::int64_t time, std::size_t limit) const
{
    const auto known = std::find_if(std::begin(demoRegions), std::end(demoRegions),
        [&](QStringView name) { return region.compare(name, Qt::CaseInsensitive) == 0; });
    if (known == std::end(demoRegions))
        return {};
    const std::int64_t step = time / demoTrendingStep;
    const auto place = static_cast<std::uint64_t>(known - std::begin(demoRegions));
    const DemoNoise noise = m_noise.fork(place).fork(static_cast<std::uint64_t>(step));
    const bool korean = region.toUpper() == QStringLiteral("KR");
    std::vector<std::pair<double, const DemoInstrument *>> scored;
    for (const DemoInstrument &instrument : m_catalogue.all()) {
        if (instrument.isKorean() != korean || instrument.kind == DemoInstrument::Kind::Index)
            continue;
        const std::int64_t then = step * demoTrendingStep;
        const double move = m_prices.at(instrument, then) / m_prices.previousClose(instrument, then) - 1;
        const double chance = noise.unit(static_cast<std::int64_t>(instrument.id >> 1));
        scored.emplace_back((std::abs(move) * 100 + chance * 3) / (1 + instrument.rank / 60.0), &instrument);
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    std::vector<const DemoInstrument *> best;
    for (std::size_t i = 0; i < std::min(scored.size(), limit); ++i)
        best.push_back(scored[i].second);
    return best;
}

bool DemoMarket::isDelisted(const QString &symbol)
{
    return std::any_of(std::begin(demoDelisted), std::end(demoDelisted),
        [&](QStringView delisted) { return symbol.compare(delisted, Qt::CaseInsensitive) == 0; });
}

} // namespace insitecache
