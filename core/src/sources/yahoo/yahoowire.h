// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QUrl>

#include "sources/http/provideraccount.h"
#include "sources/http/transport.h"

namespace insitecache {

using QueryItems = QList<std::pair<QString, QString>>;

/// base + path (already percent-encoded) + query, every value encoded whole: a symbol may hold `^ = &`, a crumb `/`.
QUrl yahooUrl(const QUrl &base, const QString &path, const QueryItems &query = {});

/// Requests to Yahoo's data endpoints, and what they say about how much more we may ask.
/// Cache thread only; lives in a shared_ptr, until its last callback has run.
class YahooWire : public std::enable_shared_from_this<YahooWire> {
public:
    using Done = std::function<void(const Result<HttpResponse> &)>;

    YahooWire(QUrl base, std::shared_ptr<HttpTransport> transport, const Clock &clock);

    const QUrl &base() const { return m_base; }
    /// Sends nothing while the account refuses; `done` gets that refusal then.
    void get(const QString &path, const QueryItems &query, const QByteArray &cookies, Done done);

    /// Adds to a RateLimited error how long to wait.
    template <class T>
    Result<T> explained(Result<T> result) const
    {
        if (!result && result.error().code == ErrorCode::RateLimited)
            addWait(result.error());
        return result;
    }
    SourceStatus status() const { return m_account.status(); }

private:
    void addWait(Error &error) const;

    QUrl m_base;
    std::shared_ptr<HttpTransport> m_transport;
    ProviderAccount m_account;
};

} // namespace insitecache
