// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "sources/demo/demophrases.h"
#include "sources/social/sentimentscorer.h"
#include "sources/social/sentimenttokens.h"

using namespace insitecache;

namespace {

double score(const char *text)
{
    return SentimentScorer().score(QString::fromUtf8(text));
}

/// A lexicon of a few words, so that the rules can be told in exact numbers.
const SentimentLexicon &smallLexicon()
{
    static const SentimentLexicon lexicon({"187\t-3.1\ngood\t2\nbad\t-2\ntop\t1\n:)\t2\nshare\t1.2\n",
        "share\t0\nbuy the dip\t1.8\ndip\t-1\n🚀\t2\n", "상승\t1.5\n상승률\t0\n좋\t1.8\n",
        "not\tnegation\nnever\tnegation\nvery\tbooster\nso\tbooster\nhardly\tdampener\n안\tnegation\nkind "
        "of\tdampener\n"});
    return lexicon;
}

double normalised(double sum)
{
    return sum / std::sqrt(sum * sum + 15);
}

void compareSum(const char *text, double sum)
{
    const double got = SentimentScorer(smallLexicon()).score(QString::fromUtf8(text));
    QVERIFY2(std::abs(got - normalised(sum)) < 1e-9,
        qPrintable(
            QStringLiteral("%1: got %2, expected %3").arg(QString::fromUtf8(text)).arg(got).arg(normalised(sum))));
}

/// Every text once: retweets and robots repeat themselves. The prepared half is a list of words in lower case.
QSet<QString> tweetsIn(const QDir &stocknet)
{
    QSet<QString> texts;
    for (const QString &half : {QStringLiteral("tweet_raw"), QStringLiteral("tweet_preprocessed")}) {
        const QFileInfoList files = QDir(stocknet.filePath(half)).entryInfoList({QStringLiteral("*.jsonl")});
        for (const QFileInfo &info : files) {
            QFile file(info.filePath());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            while (!file.atEnd()) {
                const QJsonValue text = QJsonDocument::fromJson(file.readLine()).object().value(QLatin1String("text"));
                texts.insert(
                    text.isString() ? text.toString() : text.toVariant().toStringList().join(QLatin1Char(' ')));
            }
        }
    }
    return texts;
}

} // namespace

class TestSentimentScorer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesGiveThePublishedNumbers_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<double>("sum");
        const auto row = [](const char *text, double sum) { QTest::newRow(text) << QByteArray(text) << sum; };
        row("a word", 0);
        row("good", 2);
        row("good bad", 0);
        row("not good", 2 * -0.74);
        row("not a good", 2 * -0.74);
        row("not at the good", 2 * -0.74);
        row("not at all the good", 2);
        row("isn't good", 2 * -0.74);
        row("isn’t good", 2 * -0.74);
        row("not good, not good", 2 * 2 * -0.74);
        row("good 187 182 86", 2);
        row("never so good", (2 + 0.293) * 1.25);
        row("very good", 2.293);
        row("very a good", 2 + 0.293 * 0.95);
        row("very a b good", 2 + 0.293 * 0.9);
        row("very bad", -2.293);
        row("hardly good", 2 - 0.293);
        row("kind of good", 2 - 0.293);
        row("not very good", (2 + 0.293) * -0.74);
        row("GOOD day", 2.733);
        row("BAD day", -2.733);
        row("GOOD", 2);
        row("GOOD DAY", 2);
        row("$AAPL good", 2);
        row("VERY good day", 2 + 0.293 + 0.733);
        row("good!", 2.292);
        row("bad!", -2.292);
        row("good!!!!!!", 2 + 4 * 0.292);
        row("good?", 2);
        row("good??", 2.36);
        row("good?????", 2.96);
        row("day!!!", 0);
        row("good but bad", 1 - 3);
        row("bad but good", -1 + 3);
        row("good good but the top", 2 + 1.5);
        row("share", 0);
        row("buy the dip", 1.8);
        row("buy-the-dip", 1.8);
        row("the dip", -1);
        row("#good", 2);
        row("(good)", 2);
        row("good/bad", 0);
        row("good,bad,good", 2);
        row(":) day", 2);
        row("🚀", 2);
        row("🚀🚀🚀🚀🚀🚀", 6);
        row("to 🚀️!", 2.292);
        row("not 🚀", 2 * -0.74);
        row("@good r/good u/good https://good.example/good $good", 0);
        row("[good](https://bad.example/bad)", 2);
        row("상승세가", 1.5);
        row("상승률은", 0);
        row("안 좋다", 1.8 * -0.74);
        row("좋지 않다", 1.8 * -0.74);
        row("좋지않아요", 1.8 * -0.74);
        row("좋지 그래", 1.8);
    }
    void rulesGiveThePublishedNumbers()
    {
        QFETCH(QByteArray, text);
        QFETCH(double, sum);
        compareSum(text.constData(), sum);
    }

    void longTextIsTheMeanOfItsUnits()
    {
        const QString filler = QStringLiteral("word ").repeated(54) + QStringLiteral("end. "); // 275 characters
        const SentimentScorer scorer(smallLexicon());
        QCOMPARE(sentimentUnits(filler + filler).size(), 2);
        const double both = scorer.score(QStringLiteral("good. ") + filler + QStringLiteral("bad bad. ") + filler);
        QCOMPARE(both, (normalised(2) + 0 + normalised(-4) + 0) / 4);
    }
    void unitsLoseNothing()
    {
        const QString text = QStringLiteral("One 1.5 two\nthree\n\nfour?! five…six.\n");
        QCOMPARE(sentimentUnits(text).join(QString()), text);
        QCOMPARE(sentimentUnits(QString()).size(), 1);
        QCOMPARE(SentimentScorer().score(QString()), 0.0);
    }
    void hugeAndBrokenTextIsHarmless()
    {
        const SentimentScorer scorer;
        for (const QString &text : {QString(1'000'000, u'!'), QStringLiteral("good ").repeated(200'000),
                 QString(50'000, QChar(0xD83D)), QString(100'000, u'$'), QStringLiteral("not ").repeated(50'000)}) {
            const double value = scorer.score(text);
            QVERIFY(value >= -1 && value <= 1);
        }
    }

    void marketTalkHasTheRightSign_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("sign");
        const auto row = [](const char *text, int sign) { QTest::newRow(text) << QByteArray(text) << sign; };
        row("$AAPL beats estimates and raises guidance", 1);
        row("$AAPL misses estimates, cuts guidance", -1);
        row("I'm bullish on $TSLA", 1);
        row("I'm not bullish on $TSLA anymore", -1);
        row("Isn't this bearish?", 1);
        row("NVDA to the moon 🚀🚀🚀", 1);
        row("Bought puts, this is going to zero 📉", -1);
        row("Loading up on calls before earnings", 1);
        row("Goldman downgrades Apple to sell", -1);
        row("Upgraded to overweight, price target raised", 1);
        row("Short squeeze incoming", 1);
        row("I went short, massively overvalued", -1);
        row("Long term I hold my shares", 0);
        row("Short-term interest rates and shares outstanding", 0);
        row("Earnings call is on Thursday", 0);
        row("The stock crashed, I am a bagholder", -1);
        row("Great product, but the stock is overvalued", -1);
        row("Terrible week, but I am buying the dip", 1);
        row("Shares plunged on fraud allegations", -1);
        row("Stock soars to all-time high", 1);
        row("Dividend cut. Ouch.", -1);
        row("Not a fan of this management, scam company", -1);
        row("No growth, no profits", -1);
        row("Motley Fool: is it a buy or sell?", 0);
        row("AAPL closes at 187.20 on Tuesday", 0);
        row("Apple stock is AMAZING!!!", 1);
        row("I love this company &amp; its products", 1);
        row("삼성전자 주가 급등, 호실적 기대", 1);
        row("삼성전자 폭락... 손절했다", -1);
        row("실적이 좋지 않다", -1);
        row("오늘 삼성전자 실적 발표", 0);
    }
    void marketTalkHasTheRightSign()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, sign);
        const double value = score(text.constData());
        QVERIFY2(value >= -1 && value <= 1, text.constData());
        QCOMPARE(value >= 0.05 ? 1 : value <= -0.05 ? -1 : 0, sign);
    }

    /// The demo writes its posts in a mood; the sign must come back for nearly all, in both languages.
    void demoPostsFeelAsMeant()
    {
        const SentimentScorer scorer;
        int right = 0, phrases = 0;
        for (const DemoMood mood : {DemoMood::Negative, DemoMood::Neutral, DemoMood::Positive}) {
            for (const bool korean : {false, true}) {
                for (const DemoPhrase &phrase : demoPhrases(mood, korean)) {
                    const QString text
                        = QString(phrase.title.toString() + QStringLiteral("\n\n") + phrase.body.toString())
                              .replace(QStringLiteral("{s}"), QStringLiteral("$X"))
                              .replace(QStringLiteral("{n}"), QStringLiteral("$X"));
                    const double value = scorer.score(text);
                    const auto felt = value >= 0.05 ? DemoMood::Positive
                        : value <= -0.05            ? DemoMood::Negative
                                                    : DemoMood::Neutral;
                    ++phrases;
                    right += felt == mood;
                    if (felt != mood)
                        qInfo("%.2f %s", value, qPrintable(text.simplified()));
                }
            }
        }
        qInfo("%d of %d", right, phrases);
        QVERIFY(right * 10 >= phrases * 9);
    }

    void degreesAreOrdered()
    {
        QVERIFY(score("kinda bullish") < score("bullish"));
        QVERIFY(score("bullish") < score("very bullish"));
        QVERIFY(score("very bullish") < score("very bullish!!!"));
        QVERIFY(score("so bullish today") < score("so BULLISH today"));
        QVERIFY(score("bearish") > score("extremely bearish"));
    }

    void builtInListsAreWhole()
    {
        const SentimentLexicon &lexicon = SentimentLexicon::builtIn();
        QVERIFY2(lexicon.size() > 7900, qPrintable(QString::number(lexicon.size())));
        QCOMPARE(lexicon.valence(QStringLiteral("great")), 3.1);
        QCOMPARE(lexicon.valence(QStringLiteral("shares")), 0.0);
        QVERIFY(!lexicon.valence(QStringLiteral("the")));
        QCOMPARE(lexicon.longestPhrase(QStringLiteral("price")), 3);
        QCOMPARE(lexicon.modifier(QStringLiteral("couldn't")), Modifier::Negation);
        for (const QString &name : {QStringLiteral("lexicon"), QStringLiteral("market"), QStringLiteral("korean")}) {
            QFile file(qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/resources/sentiment/") + name
                + QStringLiteral(".tsv"));
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            const auto rows = rowsOfList(file.readAll());
            for (const auto &[term, value] : rows) {
                bool ok = false;
                QVERIFY2(std::abs(value.toDouble(&ok)) <= 4 && ok, qPrintable(term));
                QVERIFY2(term.count(u' ') < 4 && !term.isEmpty(), qPrintable(term));
            }
        }
    }

    /// Nobody has labelled these tweets, so this looks at their properties, and prints them to be looked at.
    void realTweetsLookSane()
    {
        const QString shared = qEnvironmentVariable("INSITECACHE_SHARED_DATA",
            qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/../shared/data"));
        const QDir folder(shared + QStringLiteral("/upstream/stocknet"));
        if (!folder.exists())
            QSKIP("the recorded tweets are not here (INSITECACHE_SHARED_DATA)");
        const SentimentScorer scorer;
        int tweets = 0, positive = 0, negative = 0, said = 0, right = 0;
        const auto look = [&](const QString &text) {
            const double value = scorer.score(text);
            QVERIFY(value >= -1 && value <= 1);
            ++tweets;
            positive += value >= 0.05;
            negative += value <= -0.05;
            const bool up = text.contains(QStringLiteral("bullish"), Qt::CaseInsensitive);
            const bool down = text.contains(QStringLiteral("bearish"), Qt::CaseInsensitive);
            said += up != down;
            right += up != down && (up ? value >= 0.05 : value <= -0.05);
        };
        for (const QString &text : tweetsIn(folder))
            look(text);
        qInfo("%d tweets: %d positive, %d negative; %d of %d that say bullish or bearish agree", tweets, positive,
            negative, right, said);
        QVERIFY(tweets > 1000);
        // Stock tweets of that time are mostly news: some feel good, fewer bad, many say nothing.
        QVERIFY(positive > negative && negative > tweets / 50);
        QVERIFY(positive + negative > tweets / 5 && positive + negative < tweets * 4 / 5);
        QVERIFY(said > 100 && right * 10 >= said * 7);
    }
};

QTEST_APPLESS_MAIN(TestSentimentScorer)
#include "tst_sentimentscorer.moc"
