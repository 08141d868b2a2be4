// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/yahoo/yahoologin.h"

#include <QNetworkCookie>

#include "sources/yahoo/yahoodecode.h"
#include "sources/yahoo/yahoowire.h"

namespace insitecache {

namespace {

constexpr Millis yahooRefusalPause = std::chrono::minutes(15);

} // namespace

YahooLogin::YahooLogin(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock) :
    m_cookieUrl(options.yahooCookieUrl), m_crumbUrl(yahooUrl(options.yahooUrl, QStringLiteral("/v1/test/getcrumb"))),
    m_transport(std::move(transport)), m_account("yahoo", true, clock), m_jar(std::make_unique<QNetworkCookieJar>())
{}

void YahooLogin::ensure(Done done)
{
    if (!m_crumb.isEmpty())
        return done({});
    if (const auto refusal = m_account.refusal())
        return done(tl::unexpected(*refusal));
    m_waiting.push_back(std::move(done));
    if (m_waiting.size() == 1)
        askCookie();
}

HttpRequest YahooLogin::request(const QUrl &url) const
{
    HttpRequest request;
    request.url = url;
    if (const QByteArray sent = cookies(url); !sent.isEmpty())
        request.headers.append({"Cookie", sent});
    return request;
}

// Only the cookie matters: the page itself is a 404, and Yahoo may give a crumb without any cookie.
void YahooLogin::askCookie()
{
    m_transport->send(request(m_cookieUrl), [self = shared_from_this()](const Result<HttpResponse> &answer) {
        if (!answer && answer.error().code == ErrorCode::Cancelled)
            return self->finish(tl::unexpected(answer.error()));
        if (answer)
            self->keepCookies(*answer);
        self->askCrumb();
    });
}

void YahooLogin::askCrumb()
{
    m_transport->send(request(m_crumbUrl), [self = shared_from_this()](const Result<HttpResponse> &answer) {
        self->m_account.answered(answer);
        if (!answer)
            return self->finish(tl::unexpected(answer.error()));
        self->keepCookies(*answer);
        auto crumb = decodeYahooCrumb(*answer);
        if (crumb)
            self->m_crumb = *crumb;
        else if (!self->m_account.refusal())
            self->refused(crumb.error());
        self->finish(crumb ? Status() : tl::unexpected(crumb.error()));
    });
}

void YahooLogin::finish(const Status &status)
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const Done &done : waiting)
        done(status);
}

void YahooLogin::keepCookies(const HttpResponse &response)
{
    for (const auto &[name, value] : response.headers) {
        if (name.compare("set-cookie", Qt::CaseInsensitive) == 0)
            m_jar->setCookiesFromUrl(QNetworkCookie::parseCookies(value), response.url);
    }
}

QByteArray YahooLogin::cookies(const QUrl &url) const
{
    QByteArrayList pairs;
    for (const QNetworkCookie &cookie : m_jar->cookiesForUrl(url))
        pairs += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    return pairs.join("; ");
}

void YahooLogin::drop(const QByteArray &crumb)
{
    if (m_crumb != crumb)
        return;
    m_crumb.clear();
    m_jar = std::make_unique<QNetworkCookieJar>();
}

void YahooLogin::refused(const Error &why)
{
    m_account.freeze(yahooRefusalPause, why);
}

} // namespace insitecache
