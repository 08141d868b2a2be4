// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/xclient.h"

#include <QDateTime>

#include "sources/social/providerbody.h"

namespace insitecache {

namespace {

constexpr Millis xExhaustedPause = std::chrono::hours(24);
constexpr Millis xWindow = std::chrono::hours(24);

/// RFC 3339 in UTC to the second.
QString xTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate);
}

} // namespace

XClient::XClient(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock) :
    m_options(options), m_transport(std::move(transport)), m_clock(clock),
    m_account("x", !options.xBearerToken.isEmpty(), clock)
{}

void XClient::search(const QString &query, const QString &keywordQuery, Done done)
{
    if (m_cashtagsRefused || query == keywordQuery)
        return ask(keywordQuery, {}, std::move(done));
    ask(query, keywordQuery, std::move(done));
}

void XClient::ask(const QString &query, const QString &fallback, Done done)
{
    if (m_closed)
        return done(fail(ErrorCode::Cancelled, "the request to X was cancelled"));
    if (auto refusal = m_account.refusal())
        return done(tl::unexpected(std::move(*refusal)));
    HttpRequest request;
    request.url = providerUrl(m_options.xUrl, QStringLiteral("/2/tweets/search/recent"),
        {{QStringLiteral("query"), query}, {QStringLiteral("max_results"), QStringLiteral("100")},
            {QStringLiteral("start_time"), xTime(m_clock.wall() - xWindow)},
            {QStringLiteral("tweet.fields"), QStringLiteral("created_at,public_metrics,entities")}});
    request.headers = {{"Authorization", "Bearer " + m_options.xBearerToken.toUtf8()}, {"Accept", "application/json"}};
    if (!m_options.userAgent.isEmpty())
        request.headers.emplace_back("User-Agent", m_options.userAgent.toUtf8());
    m_transport->send(
        request, [self = shared_from_this(), fallback, done = std::move(done)](const Result<HttpResponse> &answer) {
            self->answered(answer, fallback, done);
        });
}

void XClient::answered(const Result<HttpResponse> &answer, const QString &fallback, const Done &done)
{
    m_account.answered(answer);
    if (!answer)
        return done(tl::unexpected(answer.error()));
    auto page = decodeXSearch(*answer);
    if (page)
        return done(std::move(page->posts));
    if (xRefusal(*answer) != XRefusal::Query || fallback.isEmpty())
        return done(tl::unexpected(refused(*answer, page.error())));
    ask(fallback, {}, [self = shared_from_this(), done](Result<std::vector<SocialPost>> posts) {
        self->m_cashtagsRefused = self->m_cashtagsRefused || posts.has_value();
        done(std::move(posts));
    });
}

Error XClient::refused(const HttpResponse &response, Error error)
{
    const XRefusal refusal = xRefusal(response);
    if (refusal == XRefusal::Credentials)
        m_account.freeze(ProviderAccount::untilRestart, error);
    if (refusal == XRefusal::Exhausted)
        m_account.freeze(xExhaustedPause, error);
    if (const auto frozen = m_account.refusal(); frozen && error.code == ErrorCode::RateLimited)
        error.retryAfterMs = frozen->retryAfterMs;
    return error;
}

} // namespace insitecache
