// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoprices.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

constexpr std::int64_t demoWalkSpan = 256; // days between independent levels
constexpr double demoLevelDeviation = 0.12;

/// Purposes of the noise of one day.
enum DemoDayNoise : std::int64_t { GapNoise, HighNoise, LowNoise, HighTimeNoise, LowTimeNoise, VolumeNoise };

/// The step between prices: Korea's depends on the price (since 2023-01-25).
double demoTick(const DemoInstrument &instrument, double price)
{
    if (!instrument.isKorean() || instrument.kind == DemoInstrument::Kind::Index)
        return 0.01;
    if (instrument.kind == DemoInstrument::Kind::Fund)
        return 5;
    constexpr double limits[] = {2'000, 5'000, 20'000, 50'000, 200'000, 500'000};
    constexpr double ticks[] = {1, 5, 10, 50, 100, 500, 1'000};
    return ticks[std::upper_bound(std::begin(limits), std::end(limits), price) - std::begin(limits)];
}

/// `value` reflected at both ends of the range until it lies within.
double demoFolded(double value, double low, double high)
{
    if (value >= low && value <= high)
        return value;
    const double width = high - low;
    if (width <= 0)
        return low;
    double offset = std::fmod(value - low, 2 * width);
    if (offset < 0)
        offset += 2 * width;
    return low + (offset > width ? 2 * width - offset : offset);
}

/// Of the day's volume, how much was traded by then: more at both ends of the session than in the middle.
double demoVolumeShare(double part)
{
    const double x = std::clamp(part, 0.0, 1.0);
    return 4 * (x - 0.5) * (x - 0.5) * (x - 0.5) * 0.6 + 0.3 + 0.4 * x;
}

} // namespace

double DemoPrices::logClose(const DemoInstrument &instrument, QDate day) const
{
    const DemoNoise walk = noiseOf(instrument).fork(1);
    return std::log(instrument.level)
        + walk.walk(day.toJulianDay(), demoWalkSpan, instrument.deviation, demoLevelDeviation);
}

int DemoPrices::slotAt(const ExchangeHours::Session &session, std::int64_t time)
{
    const std::int64_t within = std::clamp(time, session.open, session.close) - session.open;
    return static_cast<int>(within / slotSeconds);
}

std::int64_t DemoPrices::tradeTime(const ExchangeHours::Session &session, std::int64_t time)
{
    return session.open + std::int64_t(slotAt(session, time)) * slotSeconds;
}

DemoPrices::Frame DemoPrices::frame(const DemoInstrument &instrument, const ExchangeHours::Session &session) const
{
    const DemoNoise noise = noiseOf(instrument).fork(2).fork(static_cast<std::uint64_t>(session.day.toJulianDay()));
    const double before = logClose(instrument, instrument.exchange->before(session.day));
    const double open = before + noise.normal(GapNoise) * instrument.deviation * 0.3;
    const double close = logClose(instrument, session.day);
    const double reach = instrument.deviation * 0.6;
    const double high = std::max(open, close) + std::abs(noise.normal(HighNoise)) * reach;
    const double low = std::min(open, close) - std::abs(noise.normal(LowNoise)) * reach;
    const int last = slotAt(session, session.close);
    const int pairs = last / 2 - 2;
    const int highSlot = 1 + static_cast<int>(noise.unit(HighTimeNoise) * pairs) * 2;
    const int lowSlot = 2 + static_cast<int>(noise.unit(LowTimeNoise) * pairs) * 2;
    Pin first{highSlot, high}, second{lowSlot, low};
    if (first.slot > second.slot)
        std::swap(first, second);
    const double volume = instrument.dailyVolume * std::exp(0.35 * noise.normal(VolumeNoise));
    return {noise.fork(3), low, high, {{0, open}, first, second, {last, close}}, volume};
}

DemoPrices::Pin DemoPrices::halfway(const DemoInstrument &instrument, const Frame &frame, Pin left, Pin right)
{
    const int middle = (left.slot + right.slot) / 2;
    const double length = right.slot - left.slot;
    const double straight = left.value + (right.value - left.value) * (middle - left.slot) / length;
    const double reach = instrument.deviation * std::sqrt(length / frame.pins[3].slot) / 2;
    return {middle, demoFolded(straight + frame.noise.normal(middle) * reach, frame.low, frame.high)};
}

// Halves the stretch between two pins until it reaches the slot, as DemoNoise::walk() does between its anchors.
double DemoPrices::logPrice(const DemoInstrument &instrument, const Frame &frame, int slot)
{
    int stretch = 0;
    while (stretch < 2 && slot >= frame.pins[stretch + 1].slot)
        ++stretch;
    Pin left = frame.pins[stretch], right = frame.pins[stretch + 1];
    while (slot != left.slot && slot != right.slot) {
        const Pin middle = halfway(instrument, frame, left, right);
        (slot < middle.slot ? right : left) = middle;
    }
    return slot == left.slot ? left.value : right.value;
}

std::vector<double> DemoPrices::path(const DemoInstrument &instrument, const Frame &frame)
{
    std::vector<double> values(static_cast<std::size_t>(frame.pins[3].slot) + 1);
    std::vector<std::pair<Pin, Pin>> open;
    for (int stretch = 0; stretch < 3; ++stretch)
        open.emplace_back(frame.pins[stretch], frame.pins[stretch + 1]);
    while (!open.empty()) {
        const auto [left, right] = open.back();
        open.pop_back();
        values[static_cast<std::size_t>(left.slot)] = left.value;
        values[static_cast<std::size_t>(right.slot)] = right.value;
        if (right.slot - left.slot < 2)
            continue;
        const Pin middle = halfway(instrument, frame, left, right);
        open.emplace_back(left, middle);
        open.emplace_back(middle, right);
    }
    return values;
}

double DemoPrices::rounded(const DemoInstrument &instrument, double logPrice)
{
    const double price = std::exp(logPrice);
    const double tick = demoTick(instrument, price);
    // Division by the whole number 100 keeps 0.01 steps the nearest doubles to what they read as.
    const double steps = std::max(1.0, std::round(price / tick));
    return tick == 0.01 ? steps / 100 : steps * tick;
}

double DemoPrices::at(const DemoInstrument &instrument, std::int64_t time) const
{
    const ExchangeHours::Session session = instrument.exchange->lastSession(time);
    return rounded(instrument, logPrice(instrument, frame(instrument, session), slotAt(session, time)));
}

double DemoPrices::previousClose(const DemoInstrument &instrument, std::int64_t time) const
{
    const QDate day = instrument.exchange->lastSession(time).day;
    return rounded(instrument, logClose(instrument, instrument.exchange->before(day)));
}

DemoBar DemoPrices::day(
    const DemoInstrument &instrument, const ExchangeHours::Session &session, std::int64_t until) const
{
    if (until < session.close)
        return parts(instrument, session, static_cast<int>(session.close - session.open), until).front();
    const Frame whole = frame(instrument, session);
    return {session.open, rounded(instrument, whole.pins[0].value), rounded(instrument, whole.high),
        rounded(instrument, whole.low), rounded(instrument, whole.pins[3].value), std::round(whole.volume)};
}

std::vector<DemoBar> DemoPrices::parts(
    const DemoInstrument &instrument, const ExchangeHours::Session &session, int seconds, std::int64_t until) const
{
    const Frame whole = frame(instrument, session);
    const std::vector<double> values = path(instrument, whole);
    const auto traded = [&](std::int64_t time) {
        return whole.volume
            * demoVolumeShare(static_cast<double>(time - session.open) / double(session.close - session.open));
    };
    std::vector<DemoBar> bars;
    for (std::int64_t begin = session.open; begin < session.close && begin <= until; begin += seconds) {
        const std::int64_t end = std::min({begin + seconds, session.close, until});
        const auto first = values.begin() + slotAt(session, begin), last = values.begin() + slotAt(session, end);
        const auto [low, high] = std::minmax_element(first, last + 1);
        bars.push_back({begin, rounded(instrument, *first), rounded(instrument, *high), rounded(instrument, *low),
            rounded(instrument, *last), std::round(traded(end) - traded(begin))});
    }
    return bars;
}

} // namespace insitecache
