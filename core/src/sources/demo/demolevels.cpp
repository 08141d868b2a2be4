// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demolevels.h"

#include <algorithm>
#include <iterator>

namespace insitecache {

namespace {

struct DemoLevel {
    QStringView symbol;
    double level;
};

/// Sorted by symbol.
constexpr DemoLevel demoLevels[] = {{u"000100.KS", 120000}, {u"000270.KS", 98000}, {u"000660.KS", 190000},
    {u"000810.KS", 370000}, {u"003230.KS", 900000}, {u"003490.KS", 24000}, {u"003550.KS", 70000},
    {u"003670.KS", 150000}, {u"004370.KS", 380000}, {u"005380.KS", 215000}, {u"005490.KS", 280000},
    {u"005930.KS", 68000}, {u"006400.KS", 230000}, {u"009150.KS", 135000}, {u"009540.KS", 270000},
    {u"009830.KS", 25000}, {u"010130.KS", 800000}, {u"010950.KS", 60000}, {u"011070.KS", 160000}, {u"011170.KS", 65000},
    {u"011200.KS", 20000}, {u"012330.KS", 270000}, {u"012450.KS", 650000}, {u"015760.KS", 25000}, {u"017670.KS", 55000},
    {u"018260.KS", 130000}, {u"028260.KS", 130000}, {u"028300.KQ", 60000}, {u"030200.KS", 48000}, {u"032640.KS", 11500},
    {u"032830.KS", 90000}, {u"033780.KS", 105000}, {u"034020.KS", 32000}, {u"034220.KS", 9500}, {u"034730.KS", 150000},
    {u"035420.KS", 200000}, {u"035720.KS", 45000}, {u"035900.KQ", 70000}, {u"036570.KS", 170000},
    {u"041510.KQ", 110000}, {u"042660.KS", 75000}, {u"042700.KS", 90000}, {u"047050.KS", 50000}, {u"047810.KS", 80000},
    {u"051900.KS", 320000}, {u"051910.KS", 250000}, {u"055550.KS", 55000}, {u"058470.KQ", 200000},
    {u"064350.KS", 130000}, {u"066570.KS", 85000}, {u"067160.KQ", 90000}, {u"068270.KS", 180000}, {u"069500.KS", 34000},
    {u"079550.KS", 300000}, {u"086280.KS", 130000}, {u"086520.KQ", 55000}, {u"086790.KS", 65000},
    {u"090430.KS", 125000}, {u"096770.KS", 110000}, {u"097950.KS", 250000}, {u"105560.KS", 90000}, {u"114800.KS", 4800},
    {u"122630.KS", 16500}, {u"128940.KS", 280000}, {u"138040.KS", 115000}, {u"139480.KS", 80000},
    {u"196170.KQ", 380000}, {u"207940.KS", 1000000}, {u"214450.KQ", 400000}, {u"247540.KQ", 120000},
    {u"251270.KS", 50000}, {u"259960.KS", 350000}, {u"263750.KQ", 35000}, {u"271560.KS", 105000}, {u"272210.KS", 40000},
    {u"277810.KQ", 250000}, {u"293490.KQ", 16000}, {u"302440.KS", 45000}, {u"316140.KS", 17000}, {u"323410.KS", 25000},
    {u"326030.KS", 100000}, {u"329180.KS", 350000}, {u"352820.KS", 240000}, {u"357780.KQ", 200000},
    {u"373220.KS", 370000}, {u"377300.KS", 35000}, {u"402340.KS", 95000}, {u"403870.KQ", 28000}, {u"AAPL", 230},
    {u"ABBV", 185}, {u"ADBE", 440}, {u"AGG", 98}, {u"AMAT", 170}, {u"AMC", 3.2}, {u"AMD", 150}, {u"AMZN", 200},
    {u"ARM", 130}, {u"ASML", 750}, {u"AVGO", 220}, {u"AXP", 290}, {u"AZO", 3600}, {u"BA", 180}, {u"BABA", 110},
    {u"BAC", 45}, {u"BKNG", 5000}, {u"BLK", 980}, {u"BND", 73}, {u"BRK-B", 470}, {u"C", 75}, {u"CAT", 360},
    {u"COIN", 250}, {u"COST", 930}, {u"CPNG", 25}, {u"CRM", 280}, {u"CSCO", 60}, {u"CVX", 150}, {u"DIA", 430},
    {u"DIS", 110}, {u"EWY", 60}, {u"F", 10}, {u"FICO", 1800}, {u"GE", 200}, {u"GLD", 260}, {u"GM", 52}, {u"GME", 26},
    {u"GOOG", 177}, {u"GOOGL", 175}, {u"GRAB", 4.8}, {u"GS", 600}, {u"HD", 380}, {u"HMC", 28}, {u"HON", 210},
    {u"HOOD", 60}, {u"HYG", 79}, {u"IBIT", 55}, {u"IBM", 240}, {u"INTC", 28}, {u"INTU", 640}, {u"IONQ", 35},
    {u"IVV", 590}, {u"IWM", 220}, {u"JBLU", 6}, {u"JNJ", 155}, {u"JPM", 240}, {u"KB", 60}, {u"KEP", 8}, {u"KLAC", 700},
    {u"KO", 66}, {u"KT", 17}, {u"LCID", 2.6}, {u"LLY", 800}, {u"LMT", 460}, {u"LOW", 240}, {u"LPL", 3.1}, {u"LQD", 108},
    {u"LRCX", 90}, {u"MA", 530}, {u"MCD", 300}, {u"MELI", 2100}, {u"META", 580}, {u"MRK", 95}, {u"MS", 125},
    {u"MSFT", 430}, {u"MSTR", 330}, {u"MTD", 1250}, {u"MU", 110}, {u"NFLX", 900}, {u"NIO", 4.5}, {u"NKE", 72},
    {u"NOW", 950}, {u"NVDA", 140}, {u"NVR", 7600}, {u"ORCL", 170}, {u"PEP", 150}, {u"PFE", 26}, {u"PG", 168},
    {u"PKX", 48}, {u"PLTR", 120}, {u"QCOM", 160}, {u"QQQ", 510}, {u"RIVN", 13}, {u"RTX", 125}, {u"SBUX", 92},
    {u"SCHD", 27}, {u"SHG", 35}, {u"SHOP", 105}, {u"SKM", 22}, {u"SLV", 29}, {u"SMCI", 45}, {u"SNAP", 10},
    {u"SNOW", 170}, {u"SOFI", 14}, {u"SONY", 25}, {u"SOXL", 28}, {u"SPOT", 560}, {u"SPY", 590}, {u"SQQQ", 30},
    {u"T", 24}, {u"TGT", 125}, {u"TLT", 90}, {u"TM", 185}, {u"TMUS", 240}, {u"TQQQ", 75}, {u"TSLA", 300}, {u"TSM", 190},
    {u"TXN", 190}, {u"UBER", 75}, {u"UNH", 450}, {u"UPS", 115}, {u"V", 320}, {u"VOO", 540}, {u"VTI", 290}, {u"VZ", 42},
    {u"WFC", 72}, {u"WMT", 95}, {u"XOM", 112}, {u"^DJI", 43000}, {u"^GSPC", 5900}, {u"^IXIC", 19000}, {u"^KQ11", 740},
    {u"^KS11", 2600}, {u"^KS200", 345}, {u"^NDX", 21000}, {u"^RUT", 2250}, {u"^SOX", 5000}, {u"^VIX", 17}};

} // namespace

double demoPriceLevel(const QString &symbol)
{
    const auto found = std::lower_bound(std::begin(demoLevels), std::end(demoLevels), symbol,
        [](const DemoLevel &row, const QString &wanted) { return row.symbol < wanted; });
    return found != std::end(demoLevels) && found->symbol == symbol ? found->level : 0;
}

} // namespace insitecache
