// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateTime>
#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <map>
#include <set>

#include "sources/demo/demomarket.h"

using namespace insitecache;

namespace {

std::int64_t utc(const char *text)
{
    return QDateTime::fromString(QString::fromLatin1(text), Qt::ISODate).toSecsSinceEpoch();
}

const std::int64_t tuesdayNoon = utc("2026-03-10T16:00:00Z"); // 12:00 in New York, 01:00 on Wednesday in Seoul

struct Fixture {
    DemoMarket market{42};
    const DemoInstrument &apple = *market.catalogue().find(QStringLiteral("AAPL"));
    const DemoInstrument &samsung = *market.catalogue().find(QStringLiteral("005930.KS"));
};

bool isBar(const DemoBar &bar)
{
    return bar.low > 0 && bar.low <= bar.open && bar.low <= bar.close && bar.high >= bar.open && bar.high >= bar.close
        && bar.volume >= 0;
}

bool same(const DemoBar &a, const DemoBar &b)
{
    return a.time == b.time && a.open == b.open && a.high == b.high && a.low == b.low && a.close == b.close
        && a.volume == b.volume;
}

QStringList symbolsOf(const std::vector<const DemoInstrument *> &found)
{
    QStringList symbols;
    for (const DemoInstrument *instrument : found)
        symbols += instrument->listed.symbol;
    return symbols;
}

} // namespace

class TestMarket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theListIsWellFormed()
    {
        static const QRegularExpression us(QStringLiteral("\\A[A-Z]{1,5}(-[A-Z])?\\z"));
        static const QRegularExpression kr(QStringLiteral("\\A\\d{6}\\.K[SQ]\\z"));
        static const QRegularExpression index(QStringLiteral("\\A\\^[A-Z0-9]{2,6}\\z"));
        static const QStringList exchanges{QStringLiteral("NMS"), QStringLiteral("NGM"), QStringLiteral("NYQ"),
            QStringLiteral("PCX"), QStringLiteral("BTS")};
        std::set<QString> seen;
        for (const ListedSymbol &row : listedSymbols()) {
            QVERIFY2(seen.insert(row.symbol).second, qPrintable(row.symbol));
            QVERIFY2(!row.name.trimmed().isEmpty() && row.name == row.name.simplified(), qPrintable(row.symbol));
            if (index.match(row.symbol).hasMatch())
                continue;
            const bool korean = kr.match(row.symbol).hasMatch();
            QVERIFY2(korean || us.match(row.symbol).hasMatch(), qPrintable(row.symbol));
            QCOMPARE(row.currency, korean ? QStringLiteral("KRW") : QStringLiteral("USD"));
            const QString market
                = row.symbol.endsWith(QStringLiteral(".KQ")) ? QStringLiteral("KOE") : QStringLiteral("KSC");
            QVERIFY2(korean ? row.exchange == market : exchanges.contains(row.exchange), qPrintable(row.symbol));
            QVERIFY2(!korean || !row.koreanName.isEmpty(), qPrintable(row.symbol));
        }
    }

    void theListIsLongEnough()
    {
        int kospi = 0, kosdaq = 0, koreanNamesOfUs = 0;
        std::set<QString> koreanNames;
        for (const ListedSymbol &row : listedSymbols()) {
            kospi += row.symbol.endsWith(QStringLiteral(".KS"));
            kosdaq += row.symbol.endsWith(QStringLiteral(".KQ"));
            koreanNamesOfUs += row.currency == QStringLiteral("USD") && !row.koreanName.isEmpty();
            if (row.currency == QStringLiteral("KRW"))
                QVERIFY2(koreanNames.insert(row.koreanName).second, qPrintable(row.koreanName));
        }
        QVERIFY2(listedSymbols().size() >= 500, qPrintable(QString::number(listedSymbols().size())));
        QVERIFY(kospi >= 120 && kosdaq >= 40);
        QVERIFY(koreanNamesOfUs >= 100);
    }

    void everySymbolOfTheListIsRead()
    {
        QFile file(qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/resources/symbols/symbols.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QCOMPARE(listedSymbols().size(), static_cast<std::size_t>(lines.size() - 1));
    }

    void sameSeedSameMarketInAnyOrder()
    {
        const DemoMarket a(7), b(7), other(8);
        std::vector<double> forward, backward, different;
        for (int i = 0; i < 200; ++i) {
            const DemoInstrument &instrument = a.catalogue().all()[static_cast<std::size_t>(i) * 4];
            forward.push_back(a.prices().at(instrument, tuesdayNoon + i * 5000));
        }
        for (int i = 199; i >= 0; --i) {
            const DemoInstrument &instrument = b.catalogue().all()[static_cast<std::size_t>(i) * 4];
            backward.insert(backward.begin(), b.prices().at(instrument, tuesdayNoon + i * 5000));
            different.insert(different.begin(), other.prices().at(instrument, tuesdayNoon + i * 5000));
        }
        QCOMPARE(forward, backward);
        QVERIFY(forward != different);
    }

    // The numbers themselves: another machine, compiler or year must show the same demo.
    void aKnownSeedHasKnownPrices()
    {
        const Fixture f;
        QCOMPARE(f.market.prices().at(f.apple, tuesdayNoon), 172.02);
        QCOMPARE(f.market.prices().at(f.samsung, tuesdayNoon), 66500.0);
    }

    void pricesStayNearTheirLevel()
    {
        const Fixture f;
        for (const DemoInstrument &instrument : f.market.catalogue().all()) {
            for (int year = -10; year <= 10; ++year) {
                const double price = f.market.prices().at(instrument, tuesdayNoon + std::int64_t(year) * 31'556'952);
                const double factor = price / instrument.level;
                QVERIFY2(factor > 0.25 && factor < 4, qPrintable(instrument.listed.symbol));
            }
        }
    }

    void pricesMoveWithinTheSessionOnly()
    {
        const Fixture f;
        const auto price = [&](const char *time) { return f.market.prices().at(f.apple, utc(time)); };
        std::set<double> during;
        for (int i = 0; i < 60; ++i)
            during.insert(f.market.prices().at(f.apple, tuesdayNoon + i * DemoPrices::slotSeconds));
        QVERIFY(during.size() > 20);
        const double close = price("2026-03-10T20:00:00Z");
        QCOMPARE(price("2026-03-10T23:30:00Z"), close);
        QCOMPARE(price("2026-03-11T13:29:59Z"), close);
        QVERIFY(price("2026-03-11T13:30:00Z") != close);
        QCOMPARE(price("2026-03-15T16:00:00Z"), price("2026-03-13T20:00:00Z")); // a Sunday
    }

    void noPriceLiesOutsideItsDay()
    {
        const Fixture f;
        for (std::size_t i = 0; i < f.market.catalogue().all().size(); i += 37) {
            const DemoInstrument &instrument = f.market.catalogue().all()[i];
            const auto session = instrument.exchange->lastSession(tuesdayNoon - 86'400);
            const DemoBar day = f.market.prices().day(instrument, session, session.close);
            QVERIFY(isBar(day));
            bool touchedHigh = false, touchedLow = false;
            for (std::int64_t time = session.open; time <= session.close; time += DemoPrices::slotSeconds) {
                const double price = f.market.prices().at(instrument, time);
                QVERIFY2(price >= day.low && price <= day.high, qPrintable(instrument.listed.symbol));
                touchedHigh = touchedHigh || price == day.high;
                touchedLow = touchedLow || price == day.low;
            }
            QVERIFY2(touchedHigh && touchedLow, qPrintable(instrument.listed.symbol));
            QCOMPARE(f.market.prices().at(instrument, session.close), day.close);
            QCOMPARE(f.market.prices().at(instrument, session.open), day.open);
        }
    }

    void theRunningDayOnlyWidens()
    {
        const Fixture f;
        const auto session = f.apple.exchange->lastSession(tuesdayNoon);
        DemoBar before = f.market.prices().day(f.apple, session, session.open);
        for (std::int64_t time = session.open; time <= session.close; time += 60) {
            const DemoBar bar = f.market.prices().day(f.apple, session, time);
            QVERIFY(isBar(bar));
            QVERIFY(bar.high >= before.high && bar.low <= before.low && bar.volume >= before.volume);
            QCOMPARE(bar.close, f.market.prices().at(f.apple, time));
            before = bar;
        }
        QVERIFY(same(before, f.market.prices().day(f.apple, session, session.close + 3600)));
    }

    void theDayBeforeIsTheOneOfTheHistory()
    {
        const Fixture f;
        for (const DemoInstrument *instrument : {&f.apple, &f.samsung}) {
            const std::int64_t from = tuesdayNoon - 30 * 86'400;
            const auto bars = demoHistory(f.market.prices(), *instrument, *DemoInterval::named(QStringLiteral("1d")),
                from, tuesdayNoon, tuesdayNoon);
            QVERIFY(bars.size() >= 19 && bars.size() <= 23);
            QCOMPARE(bars.back().close, f.market.prices().at(*instrument, tuesdayNoon));
            QCOMPARE(bars[bars.size() - 2].close, f.market.prices().previousClose(*instrument, tuesdayNoon));
            for (std::size_t i = 0; i < bars.size(); ++i) {
                QVERIFY(isBar(bars[i]));
                QVERIFY(i == 0 || bars[i].time > bars[i - 1].time);
            }
        }
    }

    void intradayBarsMakeUpTheDay_data()
    {
        QTest::addColumn<QString>("interval");
        QTest::addColumn<int>("count");
        QTest::newRow("1m") << QStringLiteral("1m") << 390;
        QTest::newRow("5m") << QStringLiteral("5m") << 78;
        QTest::newRow("1h") << QStringLiteral("1h") << 7;
    }
    void intradayBarsMakeUpTheDay()
    {
        QFETCH(QString, interval);
        QFETCH(int, count);
        const Fixture f;
        const auto session = f.apple.exchange->session(QDate(2026, 3, 9));
        const auto bars = demoHistory(f.market.prices(), f.apple, *DemoInterval::named(interval), session.open,
            session.close, session.close + 3600);
        QCOMPARE(static_cast<int>(bars.size()), count);
        const DemoBar day = f.market.prices().day(f.apple, session, session.close);
        double high = 0, low = 1e9, volume = 0;
        for (const DemoBar &bar : bars) {
            QVERIFY(isBar(bar));
            high = std::max(high, bar.high);
            low = std::min(low, bar.low);
            volume += bar.volume;
        }
        QCOMPARE(bars.front().open, day.open);
        QCOMPARE(bars.back().close, day.close);
        QCOMPARE(high, day.high);
        QCOMPARE(low, day.low);
        QVERIFY(std::abs(volume - day.volume) <= count);
    }

    void weeksAndMonthsJoinTheirDays()
    {
        const Fixture f;
        const std::int64_t from = utc("2026-01-01T00:00:00Z"), to = utc("2026-03-01T00:00:00Z");
        const auto bars = [&](const char *interval) {
            return demoHistory(
                f.market.prices(), f.apple, *DemoInterval::named(QString::fromLatin1(interval)), from, to, tuesdayNoon);
        };
        const auto months = bars("1mo"), weeks = bars("1wk"), days = bars("1d");
        QCOMPARE(months.size(), 2u);
        QCOMPARE(weeks.size(), 9u);
        QCOMPARE(QDateTime::fromSecsSinceEpoch(months[1].time, Qt::UTC).toString(Qt::ISODate),
            QStringLiteral("2026-02-01T05:00:00Z"));
        double high = 0, volume = 0;
        for (const DemoBar &day : days) {
            high = std::max(high, day.high);
            volume += day.volume;
        }
        QCOMPARE(std::max(months[0].high, months[1].high), high);
        QCOMPARE(months[0].volume + months[1].volume, volume);
        QCOMPARE(months[1].close, days.back().close);
        QCOMPARE(weeks.back().close, days.back().close);
    }

    void rangesBeginWherePeopleExpect_data()
    {
        QTest::addColumn<QString>("range");
        QTest::addColumn<QString>("start");
        QTest::newRow("1d") << QStringLiteral("1d") << QStringLiteral("2026-03-10T13:30:00Z");
        QTest::newRow("5d") << QStringLiteral("5d") << QStringLiteral("2026-03-04T14:30:00Z"); // winter time still
        QTest::newRow("1mo") << QStringLiteral("1mo") << QStringLiteral("2026-02-10T05:00:00Z");
        QTest::newRow("ytd") << QStringLiteral("ytd") << QStringLiteral("2026-01-01T05:00:00Z");
    }
    void rangesBeginWherePeopleExpect()
    {
        QFETCH(QString, range);
        QFETCH(QString, start);
        const auto found = demoRangeStart(range, ExchangeHours::newYork(), tuesdayNoon);
        QCOMPARE(QDateTime::fromSecsSinceEpoch(found.value(), Qt::UTC).toString(Qt::ISODate), start);
    }

    void unknownWordsAreNoRange()
    {
        QVERIFY(!demoRangeStart(QStringLiteral("7d"), ExchangeHours::newYork(), tuesdayNoon));
        QVERIFY(!DemoInterval::named(QStringLiteral("2d")));
    }

    void koreanPricesKeepToTheTick()
    {
        const Fixture f;
        for (const DemoInstrument &instrument : f.market.catalogue().all()) {
            if (!instrument.isKorean() || instrument.kind == DemoInstrument::Kind::Index)
                continue;
            const double price = f.market.prices().at(instrument, tuesdayNoon);
            const double tick = price < 2'000 ? 1
                : price < 5'000               ? 5
                : price < 20'000              ? 10
                : price < 50'000              ? 50
                : price < 200'000             ? 100
                : price < 500'000             ? 500
                                              : 1'000;
            const double expected = instrument.kind == DemoInstrument::Kind::Fund ? 5 : tick;
            QVERIFY2(std::fmod(price, expected) == 0, qPrintable(instrument.listed.symbol));
        }
    }

    void theMarketKeepsItsHours_data()
    {
        QTest::addColumn<bool>("korean");
        QTest::addColumn<QString>("time");
        QTest::addColumn<QString>("state");
        const auto row = [](bool korean, const char *time, const char *state) {
            QTest::addRow("%s %s", korean ? "KRX" : "US", time)
                << korean << QString::fromLatin1(time) << QString::fromLatin1(state);
        };
        row(false, "2026-01-14T14:29:59Z", "PRE"); // 09:29:59 EST
        row(false, "2026-01-14T14:30:00Z", "REGULAR");
        row(false, "2026-07-14T13:30:00Z", "REGULAR"); // 09:30 EDT
        row(false, "2026-07-14T13:29:59Z", "PRE");
        row(false, "2026-07-14T20:00:00Z", "POST");
        row(false, "2026-07-15T00:00:00Z", "POSTPOST");
        row(false, "2026-07-14T07:59:59Z", "PREPRE");
        row(false, "2026-07-18T15:00:00Z", "CLOSED"); // Saturday
        row(false, "2025-12-25T15:00:00Z", "CLOSED");
        row(true, "2026-07-14T00:00:00Z", "REGULAR"); // 09:00 KST
        row(true, "2026-07-13T23:59:59Z", "PRE");
        row(true, "2026-07-14T06:29:59Z", "REGULAR"); // 15:29:59 KST
        row(true, "2026-07-14T06:30:00Z", "POST");
        row(true, "2026-07-17T20:00:00Z", "CLOSED"); // Saturday in Seoul, Friday in UTC
        row(true, "2026-05-05T02:00:00Z", "CLOSED");
    }
    void theMarketKeepsItsHours()
    {
        QFETCH(bool, korean);
        QFETCH(QString, time);
        QFETCH(QString, state);
        const ExchangeHours &exchange = korean ? ExchangeHours::korea() : ExchangeHours::newYork();
        QCOMPARE(exchange.marketState(QDateTime::fromString(time, Qt::ISODate).toSecsSinceEpoch()), state);
    }

    void searchFindsWhatPeopleType_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("first");
        const auto row = [](const char16_t *text, const char16_t *first) {
            QTest::newRow(qPrintable(QString(QStringView(text).toString())))
                << QStringView(text).toString() << QStringView(first).toString();
        };
        row(u"삼성", u"005930.KS");
        row(u"삼성전자", u"005930.KS");
        row(u"apple", u"AAPL");
        row(u"  APPLE   inc. ", u"AAPL");
        row(u"aapl", u"AAPL");
        row(u"005930", u"005930.KS");
        row(u"테슬라", u"TSLA");
        row(u"BRK-B", u"BRK-B");
        row(u"^gspc", u"^GSPC");
        row(u"micron", u"MU");
        row(u"카카오", u"035720.KS");
    }
    void searchFindsWhatPeopleType()
    {
        QFETCH(QString, text);
        QFETCH(QString, first);
        const Fixture f;
        const auto found = f.market.catalogue().search(text, 6);
        QVERIFY(!found.empty() && found.size() <= 6);
        QCOMPARE(found.front()->listed.symbol, first);
    }

    void searchForNothingFindsNothing()
    {
        const Fixture f;
        QVERIFY(f.market.catalogue().search(QStringLiteral("zzqqxx"), 6).empty());
        QVERIFY(f.market.catalogue().search(QStringLiteral("   "), 6).empty());
        QVERIFY(f.market.catalogue().search(QStringLiteral("삼성"), 20).size() > 8);
    }

    void regionsHaveTheirOwnTrends()
    {
        const Fixture f;
        const auto us = f.market.trending(QStringLiteral("US"), tuesdayNoon, 20);
        const auto korea = f.market.trending(QStringLiteral("kr"), tuesdayNoon, 20);
        QCOMPARE(us.size(), 20u);
        QCOMPARE(korea.size(), 20u);
        QVERIFY(std::none_of(us.begin(), us.end(), [](const auto *i) { return i->isKorean(); }));
        QVERIFY(std::all_of(korea.begin(), korea.end(), [](const auto *i) { return i->isKorean(); }));
        QVERIFY(symbolsOf(us) != symbolsOf(f.market.trending(QStringLiteral("GB"), tuesdayNoon, 20)));
        QVERIFY(symbolsOf(us) != symbolsOf(f.market.trending(QStringLiteral("US"), tuesdayNoon + 86'400, 20)));
        QCOMPARE(symbolsOf(us), symbolsOf(f.market.trending(QStringLiteral("US"), tuesdayNoon + 60, 20)));
        QVERIFY(f.market.trending(QStringLiteral("XX"), tuesdayNoon, 20).empty());
    }

    void postsAreInOrderAndInTime()
    {
        const Fixture f;
        const std::int64_t from = tuesdayNoon - 86'400;
        for (const auto channel : {DemoPosts::Channel::Reddit, DemoPosts::Channel::X}) {
            const auto posts = f.market.posts().find(f.apple, channel, from, tuesdayNoon, tuesdayNoon, 500);
            QVERIFY2(posts.size() >= 40, qPrintable(QString::number(posts.size())));
            std::set<std::uint64_t> marks;
            for (std::size_t i = 0; i < posts.size(); ++i) {
                QVERIFY(posts[i].time >= from && posts[i].time < tuesdayNoon);
                QVERIFY(i == 0 || posts[i].time <= posts[i - 1].time);
                QVERIFY(marks.insert(posts[i].mark).second);
                QVERIFY(posts[i].title.contains(QStringLiteral("AAPL"))
                    || posts[i].title.contains(QStringLiteral("Apple")));
                QVERIFY(!posts[i].title.contains(u'{') && !posts[i].body.contains(u'{'));
                QCOMPARE(posts[i].place.isEmpty(), channel == DemoPosts::Channel::X);
            }
            QCOMPARE(f.market.posts().find(f.apple, channel, from, tuesdayNoon, tuesdayNoon, 7).size(), 7u);
        }
    }

    void aPostStaysAndGathersLikes()
    {
        const Fixture f;
        const std::int64_t from = tuesdayNoon - 7200;
        const auto early = f.market.posts().find(f.apple, DemoPosts::Channel::X, from, tuesdayNoon, tuesdayNoon, 100);
        const auto late
            = f.market.posts().find(f.apple, DemoPosts::Channel::X, from, tuesdayNoon, tuesdayNoon + 36'000, 100);
        QCOMPARE(early.size(), late.size());
        QVERIFY(!early.empty());
        long long likesEarly = 0, likesLate = 0;
        for (std::size_t i = 0; i < early.size(); ++i) {
            QCOMPARE(early[i].title, late[i].title);
            QVERIFY(late[i].likes >= early[i].likes);
            likesEarly += early[i].likes;
            likesLate += late[i].likes;
        }
        QVERIFY(likesLate > likesEarly);
    }

    void moodsDifferBySymbolAndTime()
    {
        const Fixture f;
        std::map<DemoMood, int> moods;
        double lowest = 1, highest = -1;
        for (std::size_t i = 0; i < 60; ++i) {
            const DemoInstrument &instrument = f.market.catalogue().all()[i];
            const double mood = f.market.posts().mood(instrument, tuesdayNoon);
            lowest = std::min(lowest, mood);
            highest = std::max(highest, mood);
            for (const DemoPost &post : f.market.posts().find(
                     instrument, DemoPosts::Channel::Reddit, tuesdayNoon - 86'400, tuesdayNoon, tuesdayNoon, 100))
                ++moods[post.mood];
        }
        QVERIFY(lowest < -0.4 && highest > 0.4);
        const int all = moods[DemoMood::Positive] + moods[DemoMood::Neutral] + moods[DemoMood::Negative];
        for (const auto &[mood, count] : moods)
            QVERIFY2(count > all / 8, qPrintable(QString::number(count)));
        double least = 1, most = -1;
        for (int day = 0; day < 30; ++day) {
            const double mood = f.market.posts().mood(f.apple, tuesdayNoon + day * 86'400);
            least = std::min(least, mood);
            most = std::max(most, mood);
        }
        QVERIFY(most - least > 0.5);
    }

    void koreansWriteAboutKoreanCompanies()
    {
        const Fixture f;
        const auto posts = f.market.posts().find(
            f.samsung, DemoPosts::Channel::X, tuesdayNoon - 86'400, tuesdayNoon, tuesdayNoon, 100);
        const auto korean = std::count_if(posts.begin(), posts.end(), [](const DemoPost &post) { return post.korean; });
        QVERIFY(korean > 10 && korean < static_cast<std::ptrdiff_t>(posts.size()));
        QVERIFY(std::all_of(posts.begin(), posts.end(),
            [](const DemoPost &post) { return post.title.contains(QStringLiteral("삼성전자")); }));
    }
};

QTEST_GUILESS_MAIN(TestMarket)
#include "tst_market.moc"
