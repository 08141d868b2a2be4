// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/democatalogue.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <QRegularExpression>

#include "sources/exchangehours.h"
#include "sources/demo/demolevels.h"
#include "sources/demo/demonoise.h"

namespace insitecache {

namespace {

struct ExchangeHoursName {
    QStringView code, name, display;
};
constexpr ExchangeHoursName demoExchangeNames[] = {
    {u"NMS", u"NasdaqGS", u"NASDAQ"},
    {u"NGM", u"NasdaqGM", u"NASDAQ"},
    {u"NYQ", u"NYSE", u"NYSE"},
    {u"PCX", u"NYSEArca", u"NYSEArca"},
    {u"BTS", u"Cboe US", u"Cboe US"},
    {u"SNP", u"SNP", u"SNP"},
    {u"DJI", u"DJI", u"DJI"},
    {u"NIM", u"Nasdaq GIDS", u"NASDAQ"},
    {u"WCB", u"Chicago Options", u"Chicago Options"},
    {u"CXI", u"Cboe Indices", u"Cboe Indices"},
    {u"KSC", u"KSE", u"Korea"},
    {u"KOE", u"KOSDAQ", u"KOSDAQ"},
};

const ExchangeHoursName &demoExchangeName(const QString &code)
{
    const auto found = std::find_if(std::begin(demoExchangeNames), std::end(demoExchangeNames),
        [&](const ExchangeHoursName &row) { return row.code == code; });
    return found == std::end(demoExchangeNames) ? demoExchangeNames[2] : *found;
}

/// FNV-1a, as the standard library's hash may differ from machine to machine.
std::uint64_t demoSymbolId(const QString &symbol)
{
    std::uint64_t hash = 0xCBF29CE484222325ull;
    const QByteArray text = symbol.toUtf8();
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
    return hash;
}

DemoInstrument::Kind demoKind(const ListedSymbol &listed)
{
    if (listed.symbol.startsWith(u'^'))
        return DemoInstrument::Kind::Index;
    const bool fund = listed.exchange == QStringLiteral("PCX") || listed.exchange == QStringLiteral("NGM")
        || listed.name.endsWith(QStringLiteral(" ETF"));
    return fund ? DemoInstrument::Kind::Fund : DemoInstrument::Kind::Equity;
}

QString demoShortName(QString name)
{
    static const QRegularExpression form(QStringLiteral(
        ",? (?:Inc\\.?|Corp\\.?|Corporation|Company|Co\\.|Ltd\\.?|Limited|plc|PLC|p\\.l\\.c\\.|N\\.V\\.|S\\.A\\.|SE|AG"
        "|A/S|SA/NV|Class [ABC]|Holdings|Group|Platforms)$"));
    for (QString before; before != name;) {
        before = name;
        name.remove(form);
    }
    return name;
}

double demoRandomLevel(const DemoNoise &noise, bool korean)
{
    const double low = std::log(korean ? 5'000.0 : 25.0), high = std::log(korean ? 250'000.0 : 350.0);
    return std::exp(low + (high - low) * noise.unit(0));
}

double demoDeviation(const DemoInstrument &instrument, const DemoNoise &noise)
{
    if (instrument.listed.symbol == QStringLiteral("^VIX"))
        return 0.06;
    const bool calm = instrument.kind != DemoInstrument::Kind::Equity;
    return calm ? 0.006 + 0.006 * noise.unit(1) : 0.011 + 0.022 * noise.unit(1) * noise.unit(2);
}

double demoVolume(const DemoInstrument &instrument, const DemoNoise &noise)
{
    if (instrument.kind == DemoInstrument::Kind::Index)
        return 0;
    const double fame = 40e6 / (1 + instrument.rank / 12.0);
    return std::round((0.4e6 + fame) * (0.5 + noise.unit(3)));
}

DemoInstrument demoInstrument(const ListedSymbol &listed, int rank)
{
    DemoInstrument out;
    out.listed = listed;
    out.kind = demoKind(listed);
    out.exchange = listed.currency == QStringLiteral("KRW") ? &ExchangeHours::korea() : &ExchangeHours::newYork();
    out.rank = rank;
    out.id = demoSymbolId(listed.symbol);
    const DemoNoise noise(out.id);
    out.level = demoPriceLevel(listed.symbol);
    if (out.level == 0)
        out.level = demoRandomLevel(noise, out.isKorean());
    out.deviation = demoDeviation(out, noise);
    out.dailyVolume = demoVolume(out, noise);
    out.shortName = demoShortName(listed.name);
    out.ticker = QString(listed.symbol).remove(QRegularExpression(QStringLiteral("^\\^|\\.K[SQ]$")));
    const ExchangeHoursName &exchange = demoExchangeName(listed.exchange);
    out.exchangeName = exchange.name.toString();
    out.exchangeDisplay = exchange.display.toString();
    return out;
}

/// How well `text` fits, lower is better; empty when it does not.
std::optional<int> demoFit(const DemoInstrument &instrument, const QString &text)
{
    const QString symbol = instrument.listed.symbol.toLower(), ticker = instrument.ticker.toLower();
    if (symbol == text || ticker == text)
        return 0;
    const QString names[] = {instrument.listed.name.toLower(), instrument.listed.koreanName.toLower()};
    const auto any = [&](const auto &test) { return std::any_of(std::begin(names), std::end(names), test); };
    if (any([&](const QString &name) { return name == text; }))
        return 1;
    if (symbol.startsWith(text) || ticker.startsWith(text)
        || any([&](const QString &name) { return name.startsWith(text); }))
        return 2;
    if (any([&](const QString &name) { return name.contains(u' ' + text); }))
        return 3;
    return any([&](const QString &name) { return name.contains(text); }) ? std::optional(4) : std::nullopt;
}

} // namespace

QString DemoInstrument::quoteType() const
{
    switch (kind) {
    case Kind::Fund: return QStringLiteral("ETF");
    case Kind::Index: return QStringLiteral("INDEX");
    case Kind::Equity: break;
    }
    return QStringLiteral("EQUITY");
}

bool DemoInstrument::isKorean() const
{
    return exchange->isKorean();
}

DemoCatalogue::DemoCatalogue(const std::vector<ListedSymbol> &symbols)
{
    m_all.reserve(symbols.size()); // pointers into it stay valid
    for (const ListedSymbol &listed : symbols) {
        const DemoInstrument &added = m_all.emplace_back(demoInstrument(listed, static_cast<int>(m_all.size())));
        m_bySymbol.emplace(listed.symbol.toUpper().toStdString(), &added);
    }
    for (const DemoInstrument &instrument : m_all) {
        for (const QString &name :
            {instrument.ticker, instrument.shortName, instrument.listed.name, instrument.listed.koreanName}) {
            if (!name.isEmpty())
                m_byName.emplace(name.toLower().toStdString(), &instrument);
        }
    }
}

const DemoInstrument *DemoCatalogue::find(const QString &symbol) const
{
    const auto found = m_bySymbol.find(symbol.toUpper().toStdString());
    return found == m_bySymbol.end() ? nullptr : found->second;
}

const DemoInstrument *DemoCatalogue::named(const QString &text) const
{
    if (const DemoInstrument *instrument = find(text))
        return instrument;
    const auto found = m_byName.find(text.toLower().toStdString());
    return found == m_byName.end() ? nullptr : found->second;
}

std::vector<const DemoInstrument *> DemoCatalogue::search(const QString &text, std::size_t limit) const
{
    const QString wanted = text.toLower().simplified();
    std::vector<std::pair<int, const DemoInstrument *>> found;
    for (const DemoInstrument &instrument : m_all) {
        if (wanted.isEmpty())
            break;
        if (const auto fit = demoFit(instrument, wanted))
            found.emplace_back(*fit, &instrument);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<const DemoInstrument *> best;
    for (std::size_t i = 0; i < std::min(found.size(), limit); ++i)
        best.push_back(found[i].second);
    return best;
}

} // namespace insitecache
