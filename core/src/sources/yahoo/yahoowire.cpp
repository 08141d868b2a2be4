// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/yahoo/yahoowire.h"

#include <QUrlQuery>

namespace insitecache {

QUrl yahooUrl(const QUrl &base, const QString &path, const QueryItems &query)
{
    QUrl url = base;
    QString root = base.path(QUrl::FullyEncoded);
    while (root.endsWith(u'/'))
        root.chop(1);
    url.setPath(root + path, QUrl::TolerantMode);
    QUrlQuery encoded;
    for (const auto &[name, value] : query)
        encoded.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(encoded);
    return url;
}

YahooWire::YahooWire(QUrl base, std::shared_ptr<HttpTransport> transport, const Clock &clock) :
    m_base(std::move(base)), m_transport(std::move(transport)), m_account("yahoo", true, clock)
{}

void YahooWire::get(const QString &path, const QueryItems &query, const QByteArray &cookies, Done done)
{
    if (auto refusal = m_account.refusal())
        return done(tl::unexpected(std::move(*refusal)));
    HttpRequest request;
    request.url = yahooUrl(m_base, path, query);
    request.headers = {{"Accept", "application/json"}};
    if (!cookies.isEmpty())
        request.headers.append({"Cookie", cookies});
    m_transport->send(request, [self = shared_from_this(), done = std::move(done)](const Result<HttpResponse> &answer) {
        self->m_account.answered(answer);
        done(answer);
    });
}

void YahooWire::addWait(Error &error) const
{
    if (const auto refusal = m_account.refusal())
        error.retryAfterMs = refusal->retryAfterMs;
}

} // namespace insitecache
