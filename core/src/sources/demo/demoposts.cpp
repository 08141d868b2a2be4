// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoposts.h"

#include <cmath>
#include <iterator>

namespace insitecache {

namespace {

constexpr std::int64_t demoMoodStep = 1800; // seconds
constexpr std::int64_t demoMoodSpan = 256;  // steps
constexpr double demoReactionTime = 7200;   // seconds until most of the likes are there
constexpr QStringView demoSubreddits[] = {u"stocks", u"wallstreetbets", u"investing", u"StockMarket"};
constexpr QStringView demoAuthors[] = {u"quiet_harbor", u"delta_neutral", u"papertrader", u"northwind", u"lemon_tree",
    u"half_kelly", u"morning_bell", u"sidecar", u"hanriver", u"maple_road", u"blue_ledger", u"kite_runner7",
    u"twelve_sigma", u"soft_landing", u"gamma_garden", u"namsan_view"};

/// Purposes of the noise of one slot.
enum DemoPostNoise : std::int64_t {
    ExistsNoise,
    TimeNoise,
    MoodNoise,
    LanguageNoise,
    PhraseNoise,
    AuthorNoise,
    PlaceNoise,
    FameNoise,
    RepliesNoise,
    SharesNoise,
    MarkNoise
};

std::int64_t demoSlotLength(const DemoInstrument &instrument, DemoPosts::Channel channel)
{
    const std::int64_t minutes = instrument.rank < 40 ? 20 : instrument.rank < 200 ? 60 : 240;
    return minutes * 60 / (channel == DemoPosts::Channel::X ? 2 : 1);
}

QString demoNumber(double value, int digits)
{
    return QString::number(value, 'f', digits);
}

QString demoFilled(QStringView text, const DemoInstrument &instrument, double price, double change)
{
    const QString name = instrument.isKorean() ? instrument.listed.koreanName : instrument.shortName;
    // A share class is written BRK-B at Yahoo, $BRK.B by people.
    const QString cashtag = instrument.isKorean() ? name : u'$' + QString(instrument.ticker).replace(u'-', u'.');
    return text.toString()
        .replace(QStringLiteral("{s}"), cashtag)
        .replace(QStringLiteral("{n}"), name)
        .replace(QStringLiteral("{p}"), demoNumber(price, instrument.isKorean() ? 0 : 2))
        .replace(QStringLiteral("{c}"), demoNumber(change, 1));
}

} // namespace

DemoPosts::DemoPosts(std::uint64_t seed, const DemoPrices &prices) : m_seed(DemoNoise(seed).fork(77)), m_prices(prices)
{}

double DemoPosts::mood(const DemoInstrument &instrument, std::int64_t time) const
{
    const DemoNoise noise = m_seed.fork(instrument.id).fork(1);
    const double lasting = noise.normal(0) * 0.5;
    const double passing = noise.fork(2).walk(time / demoMoodStep, demoMoodSpan, 0.12, 0.6);
    const double today = m_prices.at(instrument, time) / m_prices.previousClose(instrument, time) - 1;
    return std::tanh(lasting + passing + today / instrument.deviation * 0.4);
}

std::vector<DemoPost> DemoPosts::find(const DemoInstrument &instrument, Channel channel, std::int64_t from,
    std::int64_t to, std::int64_t now, std::size_t limit) const
{
    const std::int64_t length = demoSlotLength(instrument, channel);
    const DemoNoise slots = m_seed.fork(instrument.id).fork(channel == Channel::X ? 3 : 4);
    std::vector<DemoPost> posts;
    for (std::int64_t slot = to / length; slot >= from / length && posts.size() < limit; --slot) {
        const DemoNoise noise = slots.fork(static_cast<std::uint64_t>(slot));
        const std::int64_t time = slot * length + static_cast<std::int64_t>(noise.unit(TimeNoise) * double(length));
        if (time >= from && time < to && noise.unit(ExistsNoise) < 0.8)
            posts.push_back(post(instrument, channel, noise, time, now));
    }
    return posts;
}

DemoPost DemoPosts::post(const DemoInstrument &instrument, Channel channel, const DemoNoise &noise, std::int64_t time,
    std::int64_t now) const
{
    DemoPost out;
    out.time = time;
    out.mark = noise.bits(MarkNoise);
    const double feeling = mood(instrument, time) + noise.normal(MoodNoise) * 0.45;
    out.mood = feeling > 0.3 ? DemoMood::Positive : feeling < -0.3 ? DemoMood::Negative : DemoMood::Neutral;
    out.korean = instrument.isKorean() && noise.unit(LanguageNoise) < 0.7;
    const auto phrases = demoPhrases(out.mood, out.korean);
    const DemoPhrase &phrase = phrases[noise.pick(PhraseNoise, phrases.size())];
    const double price = m_prices.at(instrument, time);
    const double change = 100 * (price / m_prices.previousClose(instrument, time) - 1);
    out.title = demoFilled(phrase.title, instrument, price, change);
    out.author = demoAuthors[noise.pick(AuthorNoise, std::size(demoAuthors))].toString();
    if (channel == Channel::Reddit) {
        out.body = demoFilled(phrase.body, instrument, price, change);
        out.place = demoSubreddits[noise.pick(PlaceNoise, std::size(demoSubreddits))].toString();
    }
    react(out, instrument, noise, now);
    return out;
}

void DemoPosts::react(DemoPost &post, const DemoInstrument &instrument, const DemoNoise &noise, std::int64_t now) const
{
    const double ripe = 1 - std::exp(-static_cast<double>(now - post.time) / demoReactionTime);
    const double reach = 400 / (1 + instrument.rank / 25.0);
    const double fame = std::exp(1.2 * noise.normal(FameNoise)) * reach * ripe;
    post.likes = std::llround(fame);
    post.replies = std::llround(fame * 0.4 * noise.unit(RepliesNoise));
    post.shares = std::llround(fame * 0.2 * noise.unit(SharesNoise));
}

} // namespace insitecache
