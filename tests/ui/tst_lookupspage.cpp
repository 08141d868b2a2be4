// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QCompleter>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QTreeWidget>

#include "models/lookuppath.h"
#include "pages/lookupspage.h"
#include "support/pagerig.h"
#include "widgets/valueview.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

Quote quoteOf(const QString &symbol, const QString &name, double price, const QString &currency)
{
    Quote quote;
    quote.symbol = symbol;
    quote.name = name;
    quote.currency = currency;
    quote.price = price;
    quote.previousClose = price * 0.98;
    quote.change = price * 0.02;
    quote.changePercent = 2.04;
    quote.marketState = QStringLiteral("REGULAR");
    quote.exchange = QStringLiteral("NMS");
    quote.time = QDateTime::fromMSecsSinceEpoch(1'770'000'000'000, Qt::UTC);
    quote.delayMinutes = 15;
    quote.source = QStringLiteral("yahoo");
    return quote;
}

Sentiment sentimentOf(const QString &symbol)
{
    Sentiment sentiment;
    sentiment.symbol = symbol;
    sentiment.score = 0.42;
    sentiment.positive = 61;
    sentiment.neutral = 30;
    sentiment.negative = 9;
    sentiment.posts = 100;
    sentiment.reddit = {70, 0.5};
    sentiment.x = {30, -0.1};
    sentiment.window = QStringLiteral("24h");
    return sentiment;
}

std::map<std::string, Result<std::string>> pageAnswers()
{
    const auto text = [](const char *utf8) { return QString::fromUtf8(utf8); };
    SearchResult search;
    search.query = text("삼성전자");
    search.matches = {{text("005930.KS"), text("삼성전자"), text("KSC"), text("EQUITY")},
        {text("005935.KS"), text("삼성전자우"), text("KSC"), text("EQUITY")}};
    Trending trending;
    trending.region = text("US");
    trending.symbols = {{text("NVDA"), text("NVIDIA")}, {text("AAPL"), text("Apple <b>Inc.</b>")}};
    return {{"stock:AAPL", cborOf(quoteOf(text("AAPL"), text("Apple Inc."), 231.5, text("USD")).toCbor())},
        {"stock:005930.KS", cborOf(quoteOf(text("005930.KS"), text("삼성전자"), 71'400, text("KRW")).toCbor())},
        {"search:삼성전자", cborOf(search.toCbor())}, {"trending:US", cborOf(trending.toCbor())},
        {"sentiment:AAPL", cborOf(sentimentOf(text("AAPL")).toCbor())}, {"stock:BROKEN", std::string("\xff\xfe")},
        {"stock:LIMITED", fail(ErrorCode::RateLimited, "yahoo refuses for now", "wait a minute")}};
}

struct OpenPage {
    PageRig rig{pageAnswers()};
    LookupsPage page{rig.monitor()};
    QLineEdit *line = page.findChild<QLineEdit *>(QStringLiteral("lookupLine"));
    QTabBar *tabs = page.findChild<QTabBar *>(QStringLiteral("lookupTabs"));

    OpenPage()
    {
        page.resize(1100, 660);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
    }
    void type(int tab, const QString &text)
    {
        tabs->setCurrentIndex(tab);
        line->setFocus();
        line->clear();
        typeText(*line, text);
        line->completer() ? line->completer()->popup()->hide() : void();
        QTest::keyClick(line, Qt::Key_Return);
    }
    QString text(const char *label) { return page.findChild<QLabel *>(QString::fromLatin1(label))->text(); }
    QString status() { return page.findChild<QLineEdit *>(QStringLiteral("cacheStatus"))->text(); }
    QListView *previous() { return page.findChild<QListView *>(QStringLiteral("previousLookups")); }
    std::uint64_t lookups() { return rig.engine().metrics().totals().all.lookups; }
};

} // namespace

class tst_LookupsPage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { wearTheUsualLook(); }
    void theSecondTimeItComesFromMemory();
    void koreanNamesMeanTheirSymbol();
    void suggestionIsTakenByEnter();
    void searchLeadsToAQuote();
    void sentimentNamesItsSources();
    void trendingIsPlainText();
    void unknownIsNotAnError();
    void failuresNameCauseAndNextStep();
    void staleNeverPassesForFresh();
    void bypassAsksTheSource();
    void lateAnswersDoNotReplaceNewerOnes();
    void lookingBackAsksNobody();
    void badInputIsNamed();
    void otherKeysAreShownWhole();
    void pathTellsAFailureFromAMiss();
    void everyInputHasAName();
    void looks();
};

void tst_LookupsPage::theSecondTimeItComesFromMemory()
{
    OpenPage open;
    open.type(0, QStringLiteral("aapl"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("231.50 USD"));
    QCOMPARE(open.text("quoteChange"), QStringLiteral("▲ +4.63 (+2.04%)"));
    QCOMPARE(open.text("pathOutcome1"), QStringLiteral("miss"));
    QCOMPARE(open.text("pathOutcome4"), QStringLiteral("✔ answered"));
    QVERIFY2(open.text("pathStored").contains(QStringLiteral("L3, L1")), qPrintable(open.text("pathStored")));
    QTest::mouseClick(open.page.findChild<QPushButton *>(QStringLiteral("lookupGo")), Qt::LeftButton);
    QTRY_COMPARE(open.text("pathOutcome1"), QStringLiteral("✔ hit"));
    QCOMPARE(open.text("pathOutcome4"), QStringLiteral("not asked"));
    QVERIFY2(open.status().startsWith(QStringLiteral("L1; hit; ttl=")), qPrintable(open.status()));
    QCOMPARE(open.previous()->model()->rowCount(), 2);
}

void tst_LookupsPage::koreanNamesMeanTheirSymbol()
{
    OpenPage open;
    for (const char *typed : {"삼성전자", "005930.ks", "005930.KS 삼성전자"}) {
        open.type(0, QString::fromUtf8(typed));
        QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
        QVERIFY(open.text("quoteName").contains(QStringLiteral("삼성전자")));
    }
    QCOMPARE(open.rig.held(), QStringList(QStringLiteral("stock:005930.KS L1 L3")));
}

void tst_LookupsPage::suggestionIsTakenByEnter()
{
    OpenPage open;
    open.line->setFocus();
    typeText(*open.line, QStringLiteral("삼성전자"));
    QAbstractItemView *popup = open.line->completer()->popup();
    QTRY_VERIFY(popup->isVisible());
    QTest::keyClick(popup, Qt::Key_Down);
    QTest::keyClick(popup, Qt::Key_Return);
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
    QCOMPARE(open.line->text(), QStringLiteral("005930.KS"));
    QCOMPARE(open.lookups(), 1u);
}

void tst_LookupsPage::searchLeadsToAQuote()
{
    OpenPage open;
    open.type(1, QStringLiteral("  삼성전자 "));
    auto *matches = open.page.findChild<QTreeWidget *>(QStringLiteral("matches"));
    QTRY_COMPARE(matches->topLevelItemCount(), 2);
    QCOMPARE(matches->topLevelItem(0)->text(1), QStringLiteral("삼성전자"));
    matches->setFocus();
    matches->setCurrentItem(matches->topLevelItem(0));
    QTest::keyClick(matches, Qt::Key_Return);
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
    QCOMPARE(open.tabs->currentIndex(), 0);
}

void tst_LookupsPage::sentimentNamesItsSources()
{
    OpenPage open;
    open.type(2, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("sentimentScore"), QStringLiteral("+0.42  positive"));
    QCOMPARE(open.text("sentimentSources"), QStringLiteral("Reddit: +0.50 from 70 posts · X: −0.10 from 30 posts"));
    QVERIFY(open.text("pathNote1").contains(QStringLiteral("not used")));
}

void tst_LookupsPage::trendingIsPlainText()
{
    OpenPage open;
    open.type(3, QStringLiteral("us"));
    auto *matches = open.page.findChild<QTreeWidget *>(QStringLiteral("matches"));
    QTRY_COMPARE(matches->topLevelItemCount(), 2);
    QCOMPARE(matches->topLevelItem(1)->text(1), QStringLiteral("Apple <b>Inc.</b>"));
    for (const QLabel *label : open.page.findChildren<QLabel *>()) {
        // The labels of the form itself hold no foreign text.
        if (!label->buddy() && label->pixmap(Qt::ReturnByValue).isNull() && !label->text().isEmpty())
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }
}

void tst_LookupsPage::unknownIsNotAnError()
{
    OpenPage open;
    open.type(0, QStringLiteral("NOSUCH"));
    QTRY_VERIFY(open.text("resultMessage").startsWith(QStringLiteral("There is no stock:NOSUCH")));
    QVERIFY(open.text("resultMessage").contains(QStringLiteral("spelling")));
    QVERIFY(!open.text("resultMessage").contains(QStringLiteral("✖")));
}

void tst_LookupsPage::failuresNameCauseAndNextStep()
{
    OpenPage open;
    open.type(0, QStringLiteral("LIMITED"));
    QTRY_VERIFY(open.text("resultMessage").startsWith(QStringLiteral("✖ ")));
    QVERIFY2(open.text("resultMessage").contains(QStringLiteral("Rate limited"))
            && open.text("resultMessage").contains(QStringLiteral("wait a minute")),
        qPrintable(open.text("resultMessage")));
    QVERIFY(open.text("pathOutcome4").startsWith(QStringLiteral("✖ ")));
    open.type(0, QStringLiteral("BROKEN"));
    QTRY_VERIFY2(
        open.text("resultMessage").contains(QStringLiteral("Corrupt data")), qPrintable(open.text("resultMessage")));
}

void tst_LookupsPage::staleNeverPassesForFresh()
{
    OpenPage open;
    open.rig.load({QStringLiteral("stock:AAPL")});
    Invalidation stale;
    stale.which = Selector::all();
    stale.expire = true;
    open.rig.monitor().invalidate(stale).waitForFinished();
    open.rig.withSource([](ScriptedSource &source) {
        source.answers.insert_or_assign("stock:AAPL", fail(ErrorCode::UpstreamError, "yahoo answered 503"));
    });
    open.type(0, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("231.50 USD"));
    QVERIFY(open.page.findChild<QLabel *>(QStringLiteral("resultNotice"))->isVisible());
    QVERIFY(open.text("resultNotice").contains(QStringLiteral("yahoo answered 503")));

    open.page.findChild<QCheckBox *>(QStringLiteral("allowStale"))->setChecked(false);
    open.type(0, QStringLiteral("AAPL"));
    QTRY_VERIFY(open.text("resultMessage").contains(QStringLiteral("503")));
}

void tst_LookupsPage::bypassAsksTheSource()
{
    OpenPage open;
    open.rig.load({QStringLiteral("stock:AAPL")});
    open.page.findChild<QCheckBox *>(QStringLiteral("bypassCache"))->setChecked(true);
    open.type(0, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("pathOutcome4"), QStringLiteral("✔ answered"));
    QCOMPARE(open.text("pathOutcome1"), QStringLiteral("bypassed"));
}

void tst_LookupsPage::lateAnswersDoNotReplaceNewerOnes()
{
    OpenPage open;
    open.rig.withSource([](ScriptedSource &source) { source.holding = true; });
    open.page.lookUp(QStringLiteral("stock:AAPL"));
    QCOMPARE(open.text("resultMessage"), QStringLiteral("Looking up…"));
    open.page.lookUp(QStringLiteral("stock:005930.KS"));
    // Both have asked before the first is answered, and the older answer comes last.
    QTRY_VERIFY([&] {
        std::size_t asked = 0;
        open.rig.withSource([&](ScriptedSource &source) { asked = source.calls.size(); });
        return asked == 2;
    }());
    open.rig.withSource([](ScriptedSource &source) { source.release(); });
    QTRY_COMPARE(open.previous()->model()->rowCount(), 2);
    QCOMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
}

void tst_LookupsPage::lookingBackAsksNobody()
{
    OpenPage open;
    open.type(0, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("231.50 USD"));
    open.type(0, QStringLiteral("005930.KS"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
    const auto before = open.lookups();
    open.previous()->setFocus();
    open.previous()->setCurrentIndex(open.previous()->model()->index(1, 0));
    QTest::keyClick(open.previous(), Qt::Key_Return);
    QCOMPARE(open.text("quotePrice"), QStringLiteral("231.50 USD"));
    QCOMPARE(open.lookups(), before);
    for (int i = 0; i < 25; ++i)
        open.page.lookUp(QStringLiteral("stock:AAPL"));
    QTRY_COMPARE(open.lookups(), before + 25);
    QTRY_COMPARE(open.previous()->model()->rowCount(), LookupHistory::most);
}

void tst_LookupsPage::badInputIsNamed()
{
    OpenPage open;
    open.type(0, QString());
    QVERIFY(open.text("resultMessage").startsWith(QStringLiteral("✖ ")));
    open.page.lookUp(QStringLiteral("not a key"));
    QVERIFY(open.text("resultMessage").startsWith(QStringLiteral("✖ ")));
    QCOMPARE(open.line->text(), QStringLiteral("not a key"));
    QCOMPARE(open.lookups(), 0u);
}

void tst_LookupsPage::otherKeysAreShownWhole()
{
    OpenPage open;
    auto written = open.rig.engine().write(cacheKey(QStringLiteral("user:7")),
        cborOf(QCborMap{{QStringLiteral("theme"), QStringLiteral("dark")}}), "user");
    QVERIFY(written.result());
    open.page.lookUp(QStringLiteral("user:7"));
    QCOMPARE(open.tabs->currentIndex(), 4);
    auto *value = open.page.findChild<ValueView *>();
    QTRY_VERIFY(value->isMasked());
    QTest::mouseClick(value->findChild<QPushButton *>(QStringLiteral("unmask")), Qt::LeftButton);
    QCOMPARE(value->findChild<QAbstractItemView *>(QStringLiteral("valueTree"))->model()->index(0, 1).data().toString(),
        QStringLiteral("dark"));
}

void tst_LookupsPage::pathTellsAFailureFromAMiss()
{
    Lookup lookup;
    lookup.key = cacheKey(QStringLiteral("stock:A"));
    lookup.answeredBy = Stage::L3;
    lookup.ttl = 291s;
    lookup.total = 5ms;
    lookup.stored[0] = true;
    lookup.stepCount = 3;
    lookup.steps[0] = {Stage::L1, Outcome::Miss, 20us, {}};
    lookup.steps[1] = {Stage::L2, Outcome::Timeout, 3ms, Error{ErrorCode::Timeout, "Redis is slow", {}}};
    lookup.steps[2] = {Stage::L3, Outcome::Hit, 1ms, {}};
    const auto path = pathOf(lookup);
    QVERIFY(!path[0].failed && path[1].failed && !path[1].answered && path[2].answered && !path[3].asked);
    QVERIFY(path[1].note.contains(QStringLiteral("Redis is slow")));
    QCOMPARE(path[2].note, QStringLiteral("TTL 04:51"));
    QVERIFY(qAbs(path[2].startMs - 3.02) < 1e-9);
    QCOMPARE(pathSpanMs(lookup), 5.0);
    QCOMPARE(storedText(lookup), QStringLiteral("Stored in L1 · TTL 04:51"));
    QCOMPARE(stepSentence(path[0]), QStringLiteral("L1, miss, 0.02 ms"));
    lookup.steps[0].why = MissReason::Evicted;
    QCOMPARE(stepSentence(pathOf(lookup)[0]), QStringLiteral("L1, miss, 0.02 ms, evicted"));
}

void tst_LookupsPage::everyInputHasAName()
{
    OpenPage open;
    open.type(0, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("231.50 USD"));
    for (const QWidget *widget : open.page.findChildren<QWidget *>()) {
        const bool isInput = qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
        if (isInput && widget->isVisible() && !qobject_cast<const QHeaderView *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
}

void tst_LookupsPage::looks()
{
    OpenPage open;
    open.type(0, QStringLiteral("005930.KS"));
    QTRY_COMPARE(open.text("quotePrice"), QStringLiteral("71,400 KRW"));
    inEveryLook(open.page, QStringLiteral("lookups-quote"), [&] { QVERIFY(!open.text("pathTotal").isEmpty()); });
    open.type(1, QStringLiteral("삼성전자"));
    QTRY_COMPARE(open.page.findChild<QTreeWidget *>(QStringLiteral("matches"))->topLevelItemCount(), 2);
    keepPicture(open.page, QStringLiteral("lookups-search"));
    open.type(2, QStringLiteral("AAPL"));
    QTRY_COMPARE(open.text("sentimentScore"), QStringLiteral("+0.42  positive"));
    keepPicture(open.page, QStringLiteral("lookups-sentiment"));
    open.type(0, QStringLiteral("LIMITED"));
    QTRY_VERIFY(open.text("resultMessage").startsWith(QStringLiteral("✖ ")));
    keepPicture(open.page, QStringLiteral("lookups-error"));
}

QTEST_MAIN(tst_LookupsPage)
#include "tst_lookupspage.moc"
