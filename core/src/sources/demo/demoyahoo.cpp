// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demoyahoo.h"

#include "sources/demo/demoyahoobodies.h"

namespace insitecache {

namespace {

constexpr std::int64_t demoCrumbPeriod = 6 * 3600; // seconds
constexpr std::size_t demoMostMatches = 50;

QHttpServerResponse demoCached(QHttpServerResponse response, const char *cacheControl)
{
    response.addHeader("cache-control", cacheControl);
    response.addHeader("vary", "Origin,Accept-Encoding");
    response.addHeader("age", "0");
    return response;
}

QHttpServerResponse demoYahooRefusal(
    const QString &envelope, QHttpServerResponse::StatusCode status, const QString &code, const QString &description)
{
    return demoCached(
        QHttpServerResponse("application/json;charset=utf-8",
            QJsonDocument(demoYahooError(envelope, code, description)).toJson(QJsonDocument::Compact), status),
        "max-age=0, private");
}

QHttpServerResponse demoUnauthorized(const QString &description)
{
    return demoYahooRefusal(QStringLiteral("finance"), QHttpServerResponse::StatusCode::Unauthorized,
        QStringLiteral("Unauthorized"), description);
}

QHttpServerResponse demoMissing(const QString &parameter)
{
    return demoYahooRefusal(QStringLiteral("finance"), QHttpServerResponse::StatusCode::BadRequest,
        QStringLiteral("Bad Request"), QStringLiteral("Missing required query parameter=") + parameter);
}

QHttpServerResponse demoUnprocessable(const QString &description)
{
    return demoYahooRefusal(QStringLiteral("chart"), QHttpServerResponse::StatusCode::UnprocessableEntity,
        QStringLiteral("Unprocessable Entity"), description);
}

QByteArray demoHex(std::uint64_t bits)
{
    return QByteArray::number(static_cast<qulonglong>(bits), 16).rightJustified(16, '0');
}

std::size_t demoCount(const QString &text, std::size_t otherwise)
{
    bool ok = false;
    const uint count = text.toUInt(&ok);
    return ok ? std::min<std::size_t>(count, demoMostMatches) : otherwise;
}

/// The span that a chart was asked for, or what Yahoo says against it.
struct DemoSpan {
    std::int64_t from = 0, to = 0;
};
std::optional<DemoSpan> demoSpan(
    const QString &range, const QString &from, const QString &to, const ExchangeHours &exchange, std::int64_t now)
{
    if (from.isEmpty() && to.isEmpty()) {
        const auto start = demoRangeStart(range, exchange, now);
        return start ? std::optional(DemoSpan{*start, now + 1}) : std::nullopt;
    }
    bool fromOk = false, toOk = to.isEmpty();
    const DemoSpan span{from.toLongLong(&fromOk), to.isEmpty() ? now + 1 : to.toLongLong(&toOk)};
    return fromOk && toOk ? std::optional(span) : std::nullopt;
}

QHttpServerResponse demoUnknownWord(const QString &what, const QString &word, const QStringList &known)
{
    return demoUnprocessable(QStringLiteral("Invalid input - %1=%2 is not supported. Valid %1s: [%3]")
                                 .arg(what, word, known.join(QStringLiteral(", "))));
}

QHttpServerResponse demoTooLongAgo(const QString &interval, const DemoSpan &span, int mostDays)
{
    return demoUnprocessable(
        QStringLiteral("%1 data not available for startTime=%2 and endTime=%3. The requested range "
                       "must be within the last %4 days.")
            .arg(interval)
            .arg(span.from)
            .arg(span.to)
            .arg(mostDays));
}

} // namespace

DemoYahoo::DemoYahoo(const World &world) : DemoProvider(world)
{
    using Request = const QHttpServerRequest &;
    using Responder = QHttpServerResponder &&;
    const auto get = QHttpServerRequest::Method::Get;
    server().route(QStringLiteral("/"), get, [this](Request, Responder responder) {
        serve(std::move(responder), Endpoint::Login, [&] { return cookie(); });
    });
    server().route(QStringLiteral("/v1/test/getcrumb"), get, [this](Request request, Responder responder) {
        serve(std::move(responder), Endpoint::Login, [&] { return crumb(request); });
    });
    server().route(QStringLiteral("/v7/finance/quote"), get, [this](Request request, Responder responder) {
        serve(std::move(responder), Endpoint::Data, [&] { return quotes(request); });
    });
    server().route(QStringLiteral("/v8/finance/chart/<arg>"), get,
        [this](const QString &symbol, Request request, Responder responder) {
            serve(std::move(responder), Endpoint::Data, [&] { return chart(symbol, request); });
        });
    server().route(QStringLiteral("/v1/finance/search"), get, [this](Request request, Responder responder) {
        serve(std::move(responder), Endpoint::Data, [&] { return search(request); });
    });
    server().route(QStringLiteral("/v1/finance/trending/<arg>"), get,
        [this](const QString &region, Request request, Responder responder) {
            serve(std::move(responder), Endpoint::Data, [&] { return trending(region, request); });
        });
}

// Plain text and not a header that would help: a client that takes every 200 or 429 body for a crumb must fail here.
DemoProvider::Response DemoYahoo::rateLimited(Endpoint)
{
    return Response("text/plain;charset=utf-8", QByteArray("Too Many Requests\r\n"), Status::TooManyRequests);
}

DemoProvider::Response DemoYahoo::outOfService()
{
    return Response("text/html", QByteArray("<html><body><h1>Service Unavailable</h1></body></html>\n"),
        Status::ServiceUnavailable);
}

DemoProvider::Response DemoYahoo::noSuchPath()
{
    return Response("text/html", QByteArray("<html><body><h1>Not Found</h1></body></html>\n"), Status::NotFound);
}

// The page is a 404 over there too; only its cookie matters. No Domain and no Secure: this is http on 127.0.0.1.
DemoProvider::Response DemoYahoo::cookie()
{
    const DemoNoise noise = world().secrets.fork(1);
    const std::int64_t number = ++m_cookies;
    const QByteArray value = "d=" + QByteArray::number(qint64(number)) + "&S=" + demoHex(noise.bits(number));
    Response response = noSuchPath();
    response.addHeader("set-cookie", "A3=" + value + "; Max-Age=31557600; Path=/; SameSite=Lax; HttpOnly");
    return response;
}

QByteArray DemoYahoo::cookieOf(const QHttpServerRequest &request) const
{
    for (const QByteArray &pair : request.value("cookie").split(';')) {
        const QByteArray text = pair.trimmed();
        if (!text.startsWith("A3=d="))
            continue;
        const QByteArray value = text.mid(3);
        const std::int64_t number = value.mid(2, value.indexOf('&') - 2).toLongLong();
        if (value.endsWith("&S=" + demoHex(world().secrets.fork(1).bits(number))))
            return value;
    }
    return {};
}

// Eleven characters, some of which mean something else in a query unless they are encoded.
QByteArray DemoYahoo::crumbOf(const QByteArray &cookie, std::int64_t period) const
{
    constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./";
    DemoNoise noise = world().secrets.fork(2).fork(static_cast<std::uint64_t>(period));
    for (const char c : cookie)
        noise = noise.fork(static_cast<unsigned char>(c));
    QByteArray crumb;
    for (int i = 0; i < 11; ++i)
        crumb += letters[noise.pick(i, 64)];
    return crumb;
}

bool DemoYahoo::isCrumb(const QByteArray &cookie, const QString &crumb) const
{
    const std::int64_t period = now() / demoCrumbPeriod;
    const QByteArray text = crumb.toUtf8();
    return text == crumbOf(cookie, period) || text == crumbOf(cookie, period - 1);
}

DemoProvider::Response DemoYahoo::crumb(const QHttpServerRequest &request)
{
    const QByteArray cookie = cookieOf(request);
    if (cookie.isEmpty())
        return demoUnauthorized(QStringLiteral("Invalid Cookie"));
    return demoCached(Response("text/plain;charset=utf-8", crumbOf(cookie, now() / demoCrumbPeriod)),
        "private, max-age=60, stale-while-revalidate=30");
}

DemoProvider::Response DemoYahoo::quotes(const QHttpServerRequest &request)
{
    const QByteArray cookie = cookieOf(request);
    if (cookie.isEmpty())
        return demoUnauthorized(QStringLiteral("Invalid Cookie"));
    if (!isCrumb(cookie, given(request, "crumb", "")))
        return demoUnauthorized(QStringLiteral("Invalid Crumb"));
    const QStringList symbols = given(request, "symbols", "").split(u',', Qt::SkipEmptyParts);
    if (symbols.isEmpty())
        return demoMissing(QStringLiteral("symbols"));
    QJsonArray result;
    for (const QString &symbol : symbols) {
        if (const DemoInstrument *instrument = world().market.catalogue().find(symbol))
            result.append(demoYahooQuote(world().market, *instrument, now()));
        else if (DemoMarket::isDelisted(symbol))
            result.append(demoYahooDelisted(symbol));
    }
    return demoCached(
        json(demoYahooResult(QStringLiteral("quoteResponse"), result)), "public, max-age=1, stale-while-revalidate=9");
}

DemoProvider::Response DemoYahoo::chart(const QString &symbol, const QHttpServerRequest &request)
{
    const DemoInstrument *instrument = world().market.catalogue().find(symbol);
    if (!instrument)
        return demoYahooRefusal(QStringLiteral("chart"), Status::NotFound, QStringLiteral("Not Found"),
            QStringLiteral("No data found, symbol may be delisted"));
    const QString name = given(request, "interval", "1d"), range = given(request, "range", "1d");
    const QString from = given(request, "period1", ""), to = given(request, "period2", "");
    const auto interval = DemoInterval::named(name);
    if (!interval)
        return demoUnknownWord(QStringLiteral("interval"), name, DemoInterval::names());
    const auto span = demoSpan(range, from, to, *instrument->exchange, now());
    if (!span)
        return demoUnknownWord(QStringLiteral("range"), range, demoRanges());
    if (interval->mostDays > 0 && now() - span->from > std::int64_t(interval->mostDays) * 86'400)
        return demoTooLongAgo(name, *span, interval->mostDays);
    const auto bars = demoHistory(world().market.prices(), *instrument, *interval, span->from, span->to, now());
    return demoCached(
        json(demoYahooChart(world().market, *instrument, bars, name, from.isEmpty() ? range : QString(), now())),
        "public, max-age=10, stale-while-revalidate=20");
}

DemoProvider::Response DemoYahoo::search(const QHttpServerRequest &request)
{
    const QString text = given(request, "q", "");
    if (text.isEmpty())
        return demoMissing(QStringLiteral("q"));
    const auto found = world().market.catalogue().search(text, demoCount(given(request, "quotesCount", ""), 6));
    return demoCached(json(demoYahooSearch(found)), "public, max-age=600, stale-while-revalidate=180");
}

DemoProvider::Response DemoYahoo::trending(const QString &region, const QHttpServerRequest &request)
{
    const std::size_t count = demoCount(given(request, "count", ""), 5);
    return demoCached(json(demoYahooTrending(world().market.trending(region, now(), count), now())),
        "public, max-age=300, stale-while-revalidate=30");
}

} // namespace insitecache
