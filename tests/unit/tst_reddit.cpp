// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "sources/social/redditclient.h"
#include "support/manualclock.h"
#include "support/scriptedtransport.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

const QByteArray goodToken = json("{'access_token': 'tok1', 'token_type': 'bearer', 'expires_in': 3600, 'scope': '*'}");
const QList<QPair<QByteArray, QByteArray>> htmlHeaders{{"Content-Type", "text/html; charset=UTF-8"}};

QByteArray redditPost(const char *id, const char *title, const QByteArray &more = {})
{
    return json("{'kind':'t3','data':{'id':'") + QByteArray(id) + json("','name':'t3_") + id + json("','title':'")
        + title + '"' + (more.isEmpty() ? QByteArray() : ',' + more) + "}}";
}

QByteArray redditListing(const QByteArrayList &children, const char *after = "null")
{
    return json("{'kind':'Listing','data':{'modhash':null,'dist':1,'before':null,'after':") + QByteArray(after)
        + json(",'children':[") + children.join(',') + "]}}";
}

HttpResponse redditAnswer(int status, const QByteArray &body, const char *type = "application/json; charset=UTF-8")
{
    return {status, {{"content-type", type}}, body, QUrl(QStringLiteral("https://oauth.reddit.com/r/stocks/search"))};
}

UpstreamOptions redditOptions()
{
    UpstreamOptions options;
    options.redditClientId = QStringLiteral("my id");
    options.redditClientSecret = QStringLiteral("s3:cret");
    return options;
}

struct RedditRig {
    ManualClock clock;
    std::shared_ptr<ScriptedTransport> transport = std::make_shared<ScriptedTransport>();
    std::shared_ptr<RedditClient> client;

    explicit RedditRig(const UpstreamOptions &options = redditOptions()) :
        client(std::make_shared<RedditClient>(options, transport, clock))
    {}
    void token(const QByteArray &body = goodToken) { transport->answer(tokenPath, 200, body); }
    void pages(const QByteArrayList &bodies)
    {
        for (const QByteArray &body : bodies)
            transport->answer(searchPath, 200, body);
    }
    Result<std::vector<SocialPost>> search(const QString &query = QStringLiteral("AAPL"))
    {
        Result<std::vector<SocialPost>> got = fail(ErrorCode::Internal, "not answered");
        int times = 0;
        client->search(query, [&](Result<std::vector<SocialPost>> posts) {
            got = std::move(posts);
            ++times;
        });
        return times == 1 ? got : fail(ErrorCode::Internal, "answered " + std::to_string(times) + " times");
    }
    Result<std::vector<SocialPost>> listing(const QString &subreddit, const QString &sort = QStringLiteral("hot"))
    {
        Result<std::vector<SocialPost>> got = fail(ErrorCode::Internal, "not answered");
        client->listing(subreddit, sort, [&](Result<std::vector<SocialPost>> posts) { got = std::move(posts); });
        return got;
    }
    QByteArray usedToken() const { return ScriptedTransport::header(transport->last(searchPath), "Authorization"); }

    const QString tokenPath = QStringLiteral("/access_token");
    const QString searchPath = QStringLiteral("/search");
};

ErrorCode codeOf(const Result<std::vector<SocialPost>> &posts)
{
    return posts ? ErrorCode::Internal : posts.error().code;
}

} // namespace

class TestReddit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsOptional()
    {
        const auto page = decodeRedditListing(redditAnswer(200,
            redditListing(
                {redditPost("a", "Title",
                     json("'selftext':'Body "
                          "&lt;b&gt;','created_utc':1776105848.0,'created':1,'score':-3,'num_comments':12,'edited':"
                          "1776105849.0,'author':'me','likes':null,'media':{}")),
                    redditPost("b", "Bare", json("'edited':false,'selftext':'','score':'many','num_comments':1e300")),
                    json("{'kind':'t1','data':{'id':'c','body':'A comment','score':7}}"),
                    json("{'kind':'t5','data':{'display_name':'stocks','title':'not a post'}}"),
                    json("{'kind':'t3','data':{}}"), json("{'kind':'t3'}"), "null", "17"},
                "\"t3_b\"")));
        QVERIFY2(page, page ? "" : page.error().message.c_str());
        QCOMPARE(page->posts.size(), std::size_t(3));
        QCOMPARE(page->next, QStringLiteral("t3_b"));
        QCOMPARE(page->posts[1].likes, 0);
        QCOMPARE(page->posts[1].replies, 9'000'000'000'000'000);
    }
    void fieldsAreRead()
    {
        const auto page = decodeRedditListing(redditAnswer(200,
            redditListing({redditPost("a", "Title &amp; more",
                               json("'selftext':'Body','created_utc':1776105848.0,'created':1,'score':-3,'num_comments'"
                                    ":12,'edited':1776105849.0")),
                redditPost("b", "Bare", json("'edited':false,'score':null")),
                json("{'kind':'t1','data':{'id':'c','body':'A comment','score':7}}")})));
        QVERIFY(page);
        QCOMPARE(page->posts.size(), std::size_t(3));
        const SocialPost &first = page->posts[0];
        QCOMPARE(first.id, QStringLiteral("t3_a"));
        // raw_json=1 is asked for, so what looks escaped was written that way.
        QCOMPARE(first.text, QStringLiteral("Title &amp; more\n\nBody"));
        QCOMPARE(first.created->toSecsSinceEpoch(), 1776105848);
        QCOMPARE(first.likes, -3);
        QCOMPARE(first.replies, 12);
        QCOMPARE(page->posts[1].text, QStringLiteral("Bare"));
        QVERIFY(!page->posts[1].created);
        QCOMPARE(page->posts[2].id, QStringLiteral("t1_c"));
        QCOMPARE(page->posts[2].text, QStringLiteral("A comment"));
        QVERIFY(page->next.isEmpty());
    }
    void whatWasTakenBackIsDropped()
    {
        const auto page = decodeRedditListing(redditAnswer(200,
            redditListing({redditPost("a", "Kept", json("'selftext':'','removed_by_category':null,'author':'me'")),
                redditPost("b", "Gone", json("'selftext':'[removed]'")),
                redditPost("c", "Gone", json("'selftext':'[deleted]'")),
                redditPost("d", "Gone", json("'author':'[deleted]'")),
                redditPost("e", "Gone", json("'removed_by_category':'moderator'")),
                json("{'kind':'t1','data':{'id':'f','body':'[removed]'}}")})));
        QVERIFY(page);
        QCOMPARE(page->posts.size(), std::size_t(1));
        QCOMPARE(page->posts[0].id, QStringLiteral("t3_a"));
    }

    void refusalsAreTyped_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, int status, const QByteArray &body, const char *type, ErrorCode code) {
            QTest::newRow(name) << status << body << QByteArray(type) << static_cast<int>(code);
        };
        const char *jsonType = "application/json; charset=UTF-8";
        row("401 json", 401, json("{'message': 'Unauthorized', 'error': 401}"), jsonType, ErrorCode::Unauthorized);
        row("401 of 2016", 401, json("{'error': 401}"), jsonType, ErrorCode::Unauthorized);
        row("401 page", 401, "<html>401</html>", "text/html", ErrorCode::Unauthorized);
        row("403 json", 403, json("{'message': 'Forbidden', 'error': 403}"), jsonType, ErrorCode::Unauthorized);
        row("403 block page", 403, "<body>whoa there, pardner!</body>", "text/html", ErrorCode::Unauthorized);
        row("403 private", 403, json("{'reason': 'private', 'message': 'Forbidden', 'error': 403}"), jsonType,
            ErrorCode::Unauthorized);
        row("404 banned", 404, json("{'reason': 'banned', 'message': 'Not Found', 'error': 404}"), jsonType,
            ErrorCode::NotFound);
        row("400 page", 400, "<html><body><h1>400 Bad request</h1>", "text/html", ErrorCode::InvalidArgument);
        row("400 fields", 400, json("{'fields': ['q'], 'explanation': 'too long', 'reason': 'TOO_LONG'}"), jsonType,
            ErrorCode::InvalidArgument);
        row("429 page", 429, "<!doctype html><html>Too Many Requests", "text/html", ErrorCode::RateLimited);
        row("500", 500, json("{'message': 'Internal Server Error', 'error': 500}"), jsonType, ErrorCode::UpstreamError);
        row("503 empty", 503, "", jsonType, ErrorCode::UpstreamError);
        row("302 elsewhere", 302, "{}", jsonType, ErrorCode::BadResponse);
        row("200 page", 200, "\n <!doctype html><html></html>", "text/html", ErrorCode::BadResponse);
        row("200 json called a page", 200, json("{'kind':'Listing','data':{'children':[]}}"), "text/html",
            ErrorCode::BadResponse);
        row("200 empty", 200, "", jsonType, ErrorCode::BadResponse);
        row("200 cut", 200, json("{'kind':'Listing','data':{'chil"), jsonType, ErrorCode::BadResponse);
        row("200 other", 200, json("{'t2_4x25quk': {'name': 'x'}}"), jsonType, ErrorCode::BadResponse);
        row("200 empty list", 200, "[]", jsonType, ErrorCode::BadResponse);
        row("200 wrong children", 200, json("{'kind':'Listing','data':{'children':{}}}"), jsonType,
            ErrorCode::BadResponse);
    }
    void refusalsAreTyped()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(int, code);
        const auto page = decodeRedditListing(redditAnswer(status, body, type.constData()));
        QVERIFY(!page);
        QCOMPARE(static_cast<int>(page.error().code), code);
        QVERIFY(!page.error().message.empty() && !page.error().hint.empty());
        QVERIFY(page.error().toString().find('\n') == std::string::npos);
    }
    void reasonsAreQuotedOnOneLine()
    {
        const auto page = decodeRedditListing(redditAnswer(404, json("{'reason':'gone\\n\\u001b[31m for good'}")));
        QCOMPARE(page.error().message, std::string("Reddit answers HTTP 404: gone [31m for good"));
    }

    void unknownSubredditIsNotFound()
    {
        HttpResponse redirect = redditAnswer(302, {});
        redirect.headers.emplace_back("Location", "https://oauth.reddit.com/subreddits/search?q=nosuchsub");
        QCOMPARE(decodeRedditListing(redirect).error().code, ErrorCode::NotFound);
        HttpResponse followed = redditAnswer(200, redditListing({}));
        followed.url = QUrl(QStringLiteral("https://oauth.reddit.com/subreddits/search?q=nosuchsub"));
        QCOMPARE(decodeRedditListing(followed).error().code, ErrorCode::NotFound);
    }

    void tokenErrorsComeWithStatus200_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const QByteArray &body, int status, ErrorCode code) {
            QTest::newRow(body.constData()) << body << status << static_cast<int>(code);
        };
        row(json("{'error': 'invalid_grant'}"), 200, ErrorCode::Unauthorized);
        row(json("{'error_description': 'bad device_id', 'error': 'invalid_request'}"), 200, ErrorCode::Unauthorized);
        row(json("{'error': 400}"), 400, ErrorCode::Unauthorized);
        row(json("{'message': 'Unauthorized', 'error': 401}"), 401, ErrorCode::Unauthorized);
        row(json("{'message': 'Too Many Requests', 'error': 429}"), 429, ErrorCode::RateLimited);
        row(json("{'access_token': '', 'expires_in': 3600}"), 200, ErrorCode::BadResponse);
        row(json("{'access_token': 't'}"), 200, ErrorCode::BadResponse);
        row("<html>", 200, ErrorCode::BadResponse);
    }
    void tokenErrorsComeWithStatus200()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        QFETCH(int, code);
        const auto token = decodeRedditToken(redditAnswer(status, body));
        QVERIFY(!token);
        QCOMPARE(static_cast<int>(token.error().code), code);
    }

    void searchIsAskedAsRedditWants()
    {
        RedditRig rig;
        rig.token();
        rig.pages({redditListing({redditPost("a", "one")})});
        const auto posts = rig.search(QStringLiteral("\"$AAPL\" OR \"AT&T+x\""));
        QVERIFY(posts);
        QCOMPARE(posts->size(), std::size_t(1));
        const HttpRequest &token = rig.transport->last(rig.tokenPath);
        QCOMPARE(token.verb, QByteArray("POST"));
        QCOMPARE(token.url, QUrl(QStringLiteral("https://www.reddit.com/api/v1/access_token")));
        QCOMPARE(token.body, QByteArray("grant_type=client_credentials"));
        QCOMPARE(ScriptedTransport::header(token, "authorization"), "Basic " + QByteArray("my id:s3:cret").toBase64());
        const HttpRequest &search = rig.transport->last(rig.searchPath);
        QCOMPARE(search.url.host(), QStringLiteral("oauth.reddit.com"));
        QCOMPARE(search.url.path(), QStringLiteral("/r/stocks+wallstreetbets+investing+StockMarket/search"));
        QVERIFY(search.url.toEncoded().contains("q=%22%24AAPL%22%20OR%20%22AT%26T%2Bx%22"));
        QCOMPARE(ScriptedTransport::queryItem(search, QStringLiteral("raw_json")), QStringLiteral("1"));
        QCOMPARE(ScriptedTransport::queryItem(search, QStringLiteral("restrict_sr")), QStringLiteral("true"));
        QCOMPARE(ScriptedTransport::queryItem(search, QStringLiteral("sort")), QStringLiteral("new"));
        QCOMPARE(ScriptedTransport::queryItem(search, QStringLiteral("t")), QStringLiteral("day"));
        QCOMPARE(ScriptedTransport::queryItem(search, QStringLiteral("limit")), QStringLiteral("100"));
        QCOMPARE(ScriptedTransport::header(search, "authorization"), QByteArray("bearer tok1"));
        const QByteArray agent = ScriptedTransport::header(search, "user-agent");
        QVERIFY2(agent.startsWith("linux:insitecache:") && !agent.endsWith(':'), agent.constData());
    }
    void ownUserAgentIsUsed()
    {
        UpstreamOptions options = redditOptions();
        options.userAgent = QStringLiteral("linux:mine:1 (by /u/me)");
        RedditRig rig(options);
        rig.token();
        rig.pages({redditListing({})});
        QVERIFY(rig.search());
        QCOMPARE(
            ScriptedTransport::header(rig.transport->requests[0], "User-Agent"), QByteArray("linux:mine:1 (by /u/me)"));
        QCOMPARE(
            ScriptedTransport::header(rig.transport->requests[1], "User-Agent"), QByteArray("linux:mine:1 (by /u/me)"));
    }

    void tokenIsKeptUntilAMinuteBeforeItsEnd()
    {
        RedditRig rig;
        rig.token(json("{'access_token': 'old', 'expires_in': 600}"));
        rig.token(json("{'access_token': 'new', 'expires_in': 86400}"));
        rig.pages({redditListing({})});
        QVERIFY(rig.search());
        rig.clock.advance(539s);
        QVERIFY(rig.search());
        QCOMPARE(rig.transport->count(rig.tokenPath), 1);
        QCOMPARE(rig.usedToken(), QByteArray("bearer old"));
        rig.clock.advance(1s);
        QVERIFY(rig.search());
        QCOMPARE(rig.transport->count(rig.tokenPath), 2);
        QCOMPARE(rig.usedToken(), QByteArray("bearer new"));
    }
    void oneTokenServesAllWhoWait()
    {
        RedditRig rig;
        rig.token();
        rig.pages({redditListing({})});
        rig.transport->holding = true;
        int answered = 0;
        for (int i = 0; i < 3; ++i)
            rig.client->search(QStringLiteral("A"), [&](const auto &posts) { answered += posts.has_value(); });
        QCOMPARE(rig.transport->requests.size(), std::size_t(1));
        rig.transport->release();
        QCOMPARE(answered, 3);
        QCOMPARE(rig.transport->count(rig.tokenPath), 1);
    }
    void refusedTokenIsRenewedOnce()
    {
        RedditRig rig;
        rig.token(json("{'access_token': 'old', 'expires_in': 3600}"));
        rig.token(json("{'access_token': 'new', 'expires_in': 3600}"));
        rig.transport->answer(rig.searchPath, 401, json("{'message': 'Unauthorized', 'error': 401}"));
        rig.pages({redditListing({redditPost("a", "one")})});
        QVERIFY(rig.search());
        QCOMPARE(rig.transport->count(rig.tokenPath), 2);
        QCOMPARE(rig.usedToken(), QByteArray("bearer new"));
        QVERIFY(!rig.client->status().frozenFor);
    }
    void twiceRefusedIsUnauthorizedAndSilent()
    {
        RedditRig rig;
        rig.token();
        rig.transport->answer(rig.searchPath, 401, "<html>", htmlHeaders);
        QCOMPARE(codeOf(rig.search()), ErrorCode::Unauthorized);
        QCOMPARE(rig.transport->count(rig.searchPath), 2);
        QCOMPARE(codeOf(rig.search()), ErrorCode::Unauthorized);
        QCOMPARE(rig.transport->requests.size(), std::size_t(4));
        QVERIFY(rig.client->status().frozenFor > Millis(24h));
    }
    void refusedCredentialsFreezeTheAccount()
    {
        RedditRig rig;
        rig.token(json("{'error': 'unauthorized_client', 'error_description': 'Only script apps may'}"));
        const auto posts = rig.search();
        QCOMPARE(codeOf(posts), ErrorCode::Unauthorized);
        QVERIFY(posts.error().message.find("unauthorized_client") != std::string::npos);
        QVERIFY(posts.error().toString().find("s3:cret") == std::string::npos);
        QCOMPARE(rig.transport->count(rig.searchPath), 0);
        QCOMPARE(codeOf(rig.search()), ErrorCode::Unauthorized);
        QCOMPARE(rig.transport->count(rig.tokenPath), 1);
        const SourceStatus status = rig.client->status();
        QCOMPARE(status.clientErrors, 1u);
        QCOMPARE(status.ok, 0u);
        QVERIFY(!status.lastError.empty());
    }
    void tokenOutageIsNotKept()
    {
        RedditRig rig;
        rig.transport->answer(rig.tokenPath, fail(ErrorCode::Timeout, "no answer in time"));
        rig.token();
        rig.pages({redditListing({})});
        QCOMPARE(codeOf(rig.search()), ErrorCode::Timeout);
        QVERIFY(rig.search());
    }

    void twoPagesAtMost()
    {
        RedditRig rig;
        rig.token();
        rig.pages({redditListing({redditPost("a", "one"), redditPost("b", "two")}, "\"t3_b\""),
            redditListing({redditPost("b", "two"), redditPost("c", "three")}, "\"t3_c\"")});
        const auto posts = rig.search();
        QVERIFY(posts);
        QCOMPARE(posts->size(), std::size_t(3));
        QCOMPARE(rig.transport->count(rig.searchPath), 2);
        QCOMPARE(ScriptedTransport::queryItem(rig.transport->last(rig.searchPath), QStringLiteral("after")),
            QStringLiteral("t3_b"));
    }
    void firstPageSurvivesTheSecond()
    {
        RedditRig rig;
        rig.token();
        rig.pages({redditListing({redditPost("a", "one")}, "\"t3_a\"")});
        rig.transport->answer(rig.searchPath, 500, "{}");
        const auto posts = rig.search();
        QVERIFY(posts);
        QCOMPARE(posts->size(), std::size_t(1));
        QCOMPARE(rig.client->status().serverErrors, 1u);
        QVERIFY(!rig.client->status().lastError.empty());
    }

    void quotaIsReadFromTheRecordedForm()
    {
        RedditRig rig;
        rig.transport->answer(rig.tokenPath, 200, goodToken,
            {{"x-ratelimit-used", "2"}, {"x-ratelimit-remaining", "298"}, {"x-ratelimit-reset", "244"}});
        rig.transport->answer(rig.searchPath, 200, redditListing({}),
            {{"x-ratelimit-used", "449"}, {"x-ratelimit-remaining", "151.0"}, {"x-ratelimit-reset", "128"}});
        QVERIFY(rig.search());
        SourceStatus status = rig.client->status();
        QCOMPARE(status.callsLeft.value(), 151);
        QCOMPARE(status.quotaRemaining.value(), 151.0 / 600);
        QCOMPARE(status.quotaResetIn->count(), 128'000);
        // The token endpoint counts on its own; its numbers must not be taken for the API's.
        rig.clock.advance(3600s);
        rig.transport->forget();
        rig.transport->answer(
            rig.tokenPath, 200, goodToken, {{"x-ratelimit-remaining", "7"}, {"x-ratelimit-reset", "9"}});
        rig.pages({redditListing({})});
        QVERIFY(rig.search());
        status = rig.client->status();
        QVERIFY(!status.callsLeft);
    }
    void rateLimitIsObeyed()
    {
        RedditRig rig;
        rig.token();
        rig.transport->answer(rig.searchPath, 429, "<!doctype html><html>Too Many Requests",
            {{"content-type", "text/html; charset=UTF-8"}, {"retry-after", "4"}});
        rig.pages({redditListing({})});
        const auto posts = rig.search();
        QCOMPARE(codeOf(posts), ErrorCode::RateLimited);
        QCOMPARE(posts.error().retryAfterMs, 4000);
        QCOMPARE(codeOf(rig.search()), ErrorCode::RateLimited);
        QCOMPARE(rig.transport->count(rig.searchPath), 1);
        rig.clock.advance(4s);
        QVERIFY(rig.search());
    }
    void rateLimitOfTheTokenIsObeyedWithoutRetryAfter()
    {
        RedditRig rig;
        rig.transport->answer(rig.tokenPath, 429, json("{'message': 'Too Many Requests', 'error': 429}"));
        rig.token();
        rig.pages({redditListing({})});
        const auto posts = rig.search();
        QCOMPARE(codeOf(posts), ErrorCode::RateLimited);
        QCOMPARE(posts.error().retryAfterMs, 60'000);
        rig.clock.advance(59s);
        QCOMPARE(codeOf(rig.search()), ErrorCode::RateLimited);
        rig.clock.advance(1s);
        QVERIFY(rig.search());
    }
    void blockPageKeepsQuietButAClosedSubredditDoesNot()
    {
        RedditRig rig;
        rig.token();
        rig.transport->answer(QStringLiteral("/r/closed/"), 403, json("{'message': 'Forbidden', 'error': 403}"));
        rig.transport->answer(rig.searchPath, 403, "<body>blocked due to a network policy</body>", htmlHeaders);
        QCOMPARE(codeOf(rig.listing(QStringLiteral("closed"))), ErrorCode::Unauthorized);
        QVERIFY(!rig.client->status().frozenFor);
        QCOMPARE(codeOf(rig.search()), ErrorCode::Unauthorized);
        QVERIFY(rig.client->status().frozenFor == Millis(15min));
    }

    void goneSubredditIsNoAnswerAboutTheSymbol()
    {
        RedditRig rig;
        rig.token();
        rig.transport->answer(rig.searchPath, 404, json("{'reason': 'banned', 'message': 'Not Found', 'error': 404}"));
        rig.transport->answer(QStringLiteral("/r/nosuch/"), 404, json("{'message': 'Not Found', 'error': 404}"));
        QCOMPARE(codeOf(rig.search()), ErrorCode::BadResponse);
        QCOMPARE(codeOf(rig.listing(QStringLiteral("nosuch"))), ErrorCode::NotFound);
    }
    void listingsAskForOnePage()
    {
        RedditRig rig;
        rig.token();
        rig.transport->answer(
            QStringLiteral("/r/stocks/new"), 200, redditListing({redditPost("a", "one")}, "\"t3_a\""));
        QCOMPARE(rig.listing(QStringLiteral("stocks"), QStringLiteral("new"))->size(), std::size_t(1));
        QCOMPARE(rig.transport->count(QStringLiteral("/r/stocks/new")), 1);
        for (const QString &name : {QStringLiteral("../api"), QStringLiteral("a"), QStringLiteral("x/y"), QString()})
            QCOMPARE(codeOf(rig.listing(name)), ErrorCode::InvalidArgument);
        QCOMPARE(codeOf(rig.listing(QStringLiteral("stocks"), QStringLiteral("about"))), ErrorCode::InvalidArgument);
    }

    void withoutCredentialsNothingIsSent()
    {
        RedditRig rig{UpstreamOptions()};
        QCOMPARE(codeOf(rig.search()), ErrorCode::Unconfigured);
        QVERIFY(rig.transport->requests.empty());
        QVERIFY(!rig.client->status().configured);
    }
    void closingCancels()
    {
        RedditRig rig;
        rig.token();
        rig.transport->holding = true;
        std::vector<ErrorCode> codes;
        for (int i = 0; i < 2; ++i)
            rig.client->search(QStringLiteral("A"), [&](const auto &posts) { codes.push_back(codeOf(posts)); });
        rig.client->close();
        rig.transport->close();
        QCOMPARE(codes, std::vector<ErrorCode>(2, ErrorCode::Cancelled));
        QCOMPARE(codeOf(rig.search()), ErrorCode::Cancelled);
    }
    void closingBetweenTokenAndSearchCancels()
    {
        RedditRig rig;
        rig.token();
        rig.pages({redditListing({})});
        QVERIFY(rig.search());
        rig.transport->holding = true;
        ErrorCode code = ErrorCode::Internal;
        rig.client->search(QStringLiteral("A"), [&](const auto &posts) { code = codeOf(posts); });
        std::weak_ptr<RedditClient> alive = rig.client;
        rig.client->close();
        rig.client.reset();
        QVERIFY(!alive.expired());
        rig.transport->close();
        QCOMPARE(code, ErrorCode::Cancelled);
        QVERIFY(alive.expired());
    }
};

QTEST_APPLESS_MAIN(TestReddit)
#include "tst_reddit.moc"
