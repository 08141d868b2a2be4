// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include <QString>

#include <insitecache/sources/demoupstream.h>

namespace insitecache {

class ExchangeHours;

/// One listed symbol with what the demo market needs of it.
struct DemoInstrument {
    enum class Kind { Equity, Fund, Index };

    ListedSymbol listed;
    Kind kind = Kind::Equity;
    const ExchangeHours *exchange = nullptr;
    int rank = 0;            ///< place in the list, 0 the best known
    std::uint64_t id = 0;    ///< a hash of the symbol: adding a symbol to the list does not move the others' prices
    double level = 0;        ///< the price that the walk keeps to, in currency units
    double deviation = 0;    ///< of the logarithm of the price from day to day
    double dailyVolume = 0;  ///< typical; 0 for an index
    QString shortName;       ///< as people say it: without "Inc." or "Co., Ltd."
    QString ticker;          ///< without exchange: "AAPL", "005930"
    QString exchangeName;    ///< "NasdaqGS", "NYSE", "KSE", …
    QString exchangeDisplay; ///< as search says it: "NASDAQ", "NYSE", "Korea"

    /// "EQUITY", "ETF", "INDEX".
    QString quoteType() const;
    bool isKorean() const;
};

/// All instruments, by symbol and by words. Immutable; any thread.
class DemoCatalogue {
public:
    explicit DemoCatalogue(const std::vector<ListedSymbol> &symbols);

    const std::vector<DemoInstrument> &all() const { return m_all; }
    /// Exactly that symbol in any case, or null.
    const DemoInstrument *find(const QString &symbol) const;
    /// The instrument that a person may call so: symbol, ticker without exchange, or a name; null when there is none.
    const DemoInstrument *named(const QString &text) const;
    /// Best first: the symbol itself, symbols and names that begin so, then those that contain it; the better known
    /// first among equals.
    std::vector<const DemoInstrument *> search(const QString &text, std::size_t limit) const;

private:
    std::vector<DemoInstrument> m_all;
    std::unordered_map<std::string, const DemoInstrument *> m_bySymbol;
    std::unordered_map<std::string, const DemoInstrument *> m_byName;
};

} // namespace insitecache
