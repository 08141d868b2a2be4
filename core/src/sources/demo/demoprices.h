// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "sources/demo/democatalogue.h"
#include "sources/exchangehours.h"
#include "sources/demo/demonoise.h"

namespace insitecache {

/// What one session brought, or has brought so far.
struct DemoBar {
    std::int64_t time = 0; ///< when it began
    double open = 0, high = 0, low = 0, close = 0;
    double volume = 0;
};

/// Prices as a function of symbol and time.
///
/// The logarithm of a day's close is a walk over calendar days around the instrument's level. A session opens a little
/// off the last close, and its path runs over four points that the day fixes beforehand: open, the two extremes in
/// either order, close. Between two of them it is a bridge, folded back where it would leave the day's range. So a
/// finished day's bar costs a handful of hashes, and no price ever lies outside the bar of its day. The price changes
/// every `slotSeconds`; outside the session it is the last close.
/// Prices are rounded to the exchange's tick. Immutable; any thread.
class DemoPrices {
public:
    static constexpr int slotSeconds = 12;

    explicit DemoPrices(std::uint64_t seed) : m_seed(seed) {}

    /// The price at `time`, from the last session that had begun by then.
    double at(const DemoInstrument &instrument, std::int64_t time) const;
    /// The close of the session before that one.
    double previousClose(const DemoInstrument &instrument, std::int64_t time) const;
    /// The session of that day; cut off at `until` where that lies within it.
    /// Preconditions: a trading day, and `until` not before its opening.
    DemoBar day(const DemoInstrument &instrument, const ExchangeHours::Session &session, std::int64_t until) const;
    /// The session cut into bars of `seconds`, up to `until`; the last one may be shorter.
    std::vector<DemoBar> parts(
        const DemoInstrument &instrument, const ExchangeHours::Session &session, int seconds, std::int64_t until) const;
    /// When the price at `time` was made.
    static std::int64_t tradeTime(const ExchangeHours::Session &session, std::int64_t time);

private:
    struct Pin {
        int slot;
        double value; ///< logarithm of the price
    };
    /// What the day fixes beforehand.
    struct Frame {
        DemoNoise noise;
        double low, high;
        Pin pins[4];
        double volume;
    };

    DemoNoise noiseOf(const DemoInstrument &instrument) const { return m_seed.fork(instrument.id); }
    double logClose(const DemoInstrument &instrument, QDate day) const;
    Frame frame(const DemoInstrument &instrument, const ExchangeHours::Session &session) const;
    /// Logarithms of prices: of one slot in O(log slots), of all slots at once in O(slots), the same numbers.
    static double logPrice(const DemoInstrument &instrument, const Frame &frame, int slot);
    static std::vector<double> path(const DemoInstrument &instrument, const Frame &frame);
    static Pin halfway(const DemoInstrument &instrument, const Frame &frame, Pin left, Pin right);
    static double rounded(const DemoInstrument &instrument, double logPrice);
    static int slotAt(const ExchangeHours::Session &session, std::int64_t time);

    DemoNoise m_seed;
};

} // namespace insitecache
