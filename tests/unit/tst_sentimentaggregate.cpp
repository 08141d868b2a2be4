// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/social/sentimentaggregate.h"

using namespace insitecache;

namespace {

SymbolMatcher matcher(const QString &symbol, const CompanyNames &names = {})
{
    return SymbolMatcher::make(symbol, names).value();
}

SocialPost post(const QString &text, long long likes = 0, long long replies = 0, long long shares = 0)
{
    SocialPost made;
    made.text = text;
    made.likes = likes;
    made.replies = replies;
    made.shares = shares;
    return made;
}

/// Scores by a lexicon of two words: "up" and "down".
const SentimentScorer &scorer()
{
    static const SentimentLexicon lexicon({"up\t2\ndown\t-2\nmeh\t0.1\n", {}, {}, {}});
    static const SentimentScorer scorer(lexicon);
    return scorer;
}

const double up = 2 / std::sqrt(19.0);

CompanyNames names(const char *english, const char *korean = "")
{
    return {QString::fromUtf8(english), QString::fromUtf8(korean)};
}

} // namespace

class TestSentimentAggregate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mentionsAreFound_data()
    {
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("korean");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("mentioned");
        const auto row = [](const char *symbol, const char *english, const char *text, bool mentioned,
                             const char *korean = "") {
            QTest::addRow("%s: %s", symbol, text) << QString::fromUtf8(symbol) << QString::fromUtf8(english)
                                                  << QString::fromUtf8(korean) << QString::fromUtf8(text) << mentioned;
        };
        row("AAPL", "", "I like $AAPL a lot", true);
        row("AAPL", "", "$aapl", true);
        row("AAPL", "", "#AAPL.", true);
        row("AAPL", "", "AAPL's earnings", true);
        row("AAPL", "", "🚀AAPL🚀", true);
        row("AAPL", "", "buy aapl", false);
        row("AAPL", "", "AAPLX and XAAPL and $AAPLW", false);
        row("AAPL", "", "@AAPL says", false);
        row("AAPL", "", "Only $TSLA here", false);
        row("AAPL", "", "Apple is great", false);
        row("AAPL", "Apple Inc.", "Apple is great", true);
        row("AAPL", "Apple Inc.", "APPLE and apple's", true);
        row("AAPL", "Apple Inc.", "pineapple applesauce", false);
        row("AAPL", "Apple Inc. Common Stock", "an apple a day", true);
        row("T", "AT&T Inc.", "T is a letter", false);
        row("T", "AT&T Inc.", "$T pays", true);
        row("T", "AT&T Inc.", "AT&T pays", true);
        row("ON", "ON Semiconductor Corporation", "ON MY WAY", false);
        row("ON", "ON Semiconductor Corporation", "$ON is cheap", true);
        row("ON", "ON Semiconductor Corporation", "ON Semiconductor is cheap", true);
        row("CASH", "", "CASH IS KING", false);
        row("TGT", "Target Corporation", "my price target", false);
        row("TGT", "Target Corporation", "TGT sold off", true);
        row("BRK-B", "Berkshire Hathaway Inc.", "$BRK.B forever", true);
        row("BRK-B", "", "BRK/B BRKB", true);
        row("BRK-B", "", "$BRK.A", false);
        row("BRK", "", "$BRK.B", false);
        row("BTC-USD", "", "$BTC rips", true);
        row("^GSPC", "S&P 500", "the S&P 500 fell", true);
        row("VOD.L", "Vodafone Group Plc", "$VOD", true);
        row("VOD.L", "Vodafone Group Plc", "vodafone", true);
        row("005930.KS", "", "005930 매수", true, "삼성전자");
        row("005930.KS", "", "삼성전자가 급등", true, "삼성전자");
        row("005930.KS", "", "삼성전자우 배당", false, "삼성전자");
        row("005930.KS", "", "1005930 won", false, "삼성전자");
        row("005930.KS", "", "0059301", false, "삼성전자");
        row("005930.KS", "Samsung Electronics Co., Ltd.", "Samsung Electronics beat", true, "삼성전자");
        row("005930.KS", "", "SK하이닉스만", false, "삼성전자");
    }
    void mentionsAreFound()
    {
        QFETCH(QString, symbol);
        QFETCH(QString, english);
        QFETCH(QString, korean);
        QFETCH(QString, text);
        QFETCH(bool, mentioned);
        QCOMPARE(matcher(symbol, {english, korean}).mentions(post(text)), mentioned);
    }

    void providersMarksCount()
    {
        SocialPost marked = post(QStringLiteral("look at this"));
        marked.cashtags = {QStringLiteral("AAPL")};
        QVERIFY(matcher(QStringLiteral("AAPL")).mentions(marked));
        QVERIFY(!matcher(QStringLiteral("TSLA")).mentions(marked));
    }

    void queriesAreQuoted()
    {
        const auto apple = matcher(QStringLiteral("AAPL"), names("Apple Inc."));
        QCOMPARE(apple.redditQuery(), QStringLiteral("\"$AAPL\" OR \"AAPL\" OR \"Apple\""));
        QCOMPARE(apple.xQuery(), QStringLiteral("$AAPL -is:retweet lang:en"));
        QCOMPARE(apple.xKeywordQuery(), QStringLiteral("(\"AAPL\" OR \"Apple\") stock -is:retweet lang:en"));
        const auto samsung = matcher(QStringLiteral("005930.KS"), names("Samsung Electronics Co., Ltd.", "삼성전자"));
        QCOMPARE(
            samsung.xQuery(), QStringLiteral("(\"005930\" OR \"Samsung Electronics\" OR \"삼성전자\") -is:retweet"));
        QCOMPARE(samsung.redditQuery(), QStringLiteral("\"005930\" OR \"Samsung Electronics\" OR \"삼성전자\""));
        QCOMPARE(matcher(QStringLiteral("BRK-B")).xQuery(), QStringLiteral("$BRK.B -is:retweet lang:en"));
        QCOMPARE(matcher(QStringLiteral("T")).xKeywordQuery(), QStringLiteral("\"T\" stock -is:retweet lang:en"));
        const auto odd = matcher(QStringLiteral("ODD"), names("Odd\" OR \"x\" -is:retweet (Holdings) Inc."));
        QCOMPARE(odd.redditQuery().count(u'"'), 6);
        QVERIFY(!odd.redditQuery().contains(QStringLiteral("is:")));
    }

    void whatIsNoSymbolIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
            {"", "AAPL OR x", "AAPL\"", "A\nB", "삼성전자", "^", "$AAPL", "ABCDEFGHIJKLMNOPQRSTUV", "AAPL\n"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void whatIsNoSymbolIsRefused()
    {
        QFETCH(QString, text);
        const auto made = SymbolMatcher::make(text);
        QVERIFY(!made);
        QCOMPARE(made.error().code, ErrorCode::InvalidArgument);
    }

    void nameSaysNothingByItself()
    {
        const auto bestBuy = matcher(QStringLiteral("WINX"), names("Great Win Inc."));
        const SentimentScorer real;
        const QString text = QStringLiteral("Great Win reports on Tuesday");
        QVERIFY(real.score(text) > 0.5);
        QCOMPARE(real.score(bestBuy.withoutMentions(text)), 0.0);
    }

    void weightGrowsWithReactions()
    {
        QCOMPARE(engagementWeight(post({})), 1.0);
        QCOMPARE(engagementWeight(post({}, -50)), 1.0);
        QCOMPARE(engagementWeight(post({}, 3, 4, 5)), 1 + std::log(13.0));
        QCOMPARE(engagementWeight(post({}, -50, 2)), 1 + std::log(3.0));
    }

    void postsAreJoinedByWeight()
    {
        const auto aapl = matcher(QStringLiteral("AAPL"));
        const double heavy = 1 + std::log(100.0);
        const auto sentiment = aggregateSentiment(aapl, scorer(),
            {post(QStringLiteral("$AAPL up"), 99), post(QStringLiteral("AAPL down")),
                post(QStringLiteral("TSLA up"), 1000)},
            {post(QStringLiteral("$AAPL meh")), post(QStringLiteral("$AAPL down"), 50, 29, 20)});
        QCOMPARE(sentiment.symbol, QStringLiteral("AAPL"));
        QCOMPARE(sentiment.posts, 4);
        QCOMPARE(sentiment.positive, 1);
        QCOMPARE(sentiment.negative, 2);
        QCOMPARE(sentiment.neutral, 1);
        QCOMPARE(sentiment.reddit.posts, 2);
        QCOMPARE(sentiment.x.posts, 2);
        const double meh = 0.1 / std::sqrt(15.01);
        QCOMPARE(sentiment.reddit.score, (heavy * up - up) / (heavy + 1));
        QCOMPARE(sentiment.x.score, (meh - heavy * up) / (heavy + 1));
        QCOMPARE(sentiment.score, (heavy * up - up + meh - heavy * up) / (2 * heavy + 2));
        QCOMPARE(sentiment.window, QStringLiteral("24h"));
    }

    void theNameOfTheCompanyIsNotScored()
    {
        const auto sentiment = aggregateSentiment(matcher(QStringLiteral("XUPS"), names("Up Up Inc.")), scorer(),
            {post(QStringLiteral("Up Up is down"))}, {});
        QCOMPARE(sentiment.posts, 1);
        QCOMPARE(sentiment.score, -up);
    }

    void noPostsIsAValue()
    {
        const auto sentiment
            = aggregateSentiment(matcher(QStringLiteral("AAPL")), scorer(), {post(QStringLiteral("TSLA up"))}, {});
        QCOMPARE(sentiment.posts, 0);
        QCOMPARE(sentiment.score, 0.0);
        QCOMPARE(sentiment.reddit.score, 0.0);
        QCOMPARE(sentiment.x.score, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestSentimentAggregate)
#include "tst_sentimentaggregate.moc"
