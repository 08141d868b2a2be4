// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDateTime>
#include <QUrlQuery>

#include "sources/http/transport.h"

namespace insitecache {

/// The endpoints that our clients ask, whatever host, region or subreddit stands in the address.
enum class RecordedEndpoint {
    Other,
    YahooCookie,
    YahooCrumb,
    YahooQuote,
    YahooChart,
    YahooSearch,
    YahooTrending,
    RedditToken,
    RedditSearch,
    RedditListing,
    XSearch,
};

/// What a request is about, read off its method and address alone: that is how requests and recordings are compared.
struct RecordedTopic {
    RecordedEndpoint endpoint = RecordedEndpoint::Other;
    QString subject; ///< the end of the path: symbol, region, `r/stocks/new`; upper case
    QUrlQuery query;

    static RecordedTopic of(const QByteArray &verb, const QUrl &url);
    QString parameter(const QString &name) const;
};

/// One line of an index: an exchange that really took place.
struct Recording {
    RecordedTopic topic;
    QString requestBody;
    int status = 0;
    QList<QPair<QByteArray, QByteArray>> headers;
    QDateTime recorded; ///< 1970 where the index does not tell
    QString file;       ///< absolute

    bool succeeded() const { return status >= 200 && status < 300; }
    /// Errors: Io, TooLarge, naming the file.
    Result<QByteArray> body() const;
};

/// The recordings of `folder`/index.json that answer our endpoints; others, and lines without address or file, are
/// passed over. Errors: Io (missing, unreadable, not a JSON list), naming the file.
Result<std::vector<Recording>> loadRecordings(const QString &folder);

} // namespace insitecache
