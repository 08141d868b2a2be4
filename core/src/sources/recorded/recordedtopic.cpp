// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>

#include "sources/recorded/recording.h"

namespace insitecache {

namespace {

struct RecordedPath {
    const char *verb;
    QRegularExpression pattern; ///< the one group is the subject
    RecordedEndpoint endpoint;
};

const std::vector<RecordedPath> &recordedPaths()
{
    const auto path = [](const char *pattern) {
        return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)));
    };
    static const std::vector<RecordedPath> paths = {
        {"GET", path("()/v1/test/getcrumb"), RecordedEndpoint::YahooCrumb},
        {"GET", path("()/v[67]/finance/quote"), RecordedEndpoint::YahooQuote},
        {"GET", path("/v8/finance/chart/([^/]+)"), RecordedEndpoint::YahooChart},
        {"GET", path("()/v1/finance/search"), RecordedEndpoint::YahooSearch},
        {"GET", path("/v1/finance/trending/([^/]+)"), RecordedEndpoint::YahooTrending},
        {"POST", path("()/api/v1/access_token"), RecordedEndpoint::RedditToken},
        {"GET", path("/r/([^/]+)/search"), RecordedEndpoint::RedditSearch},
        {"GET", path("/(r/[^/]+/(?:hot|new|top|rising|controversial))"), RecordedEndpoint::RedditListing},
        {"GET", path("/2/tweets/search/(recent|all)"), RecordedEndpoint::XSearch},
    };
    return paths;
}

} // namespace

RecordedTopic RecordedTopic::of(const QByteArray &verb, const QUrl &url)
{
    RecordedTopic topic;
    topic.query = QUrlQuery(url);
    QString path = url.path(QUrl::FullyDecoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.isEmpty() && url.host().endsWith(QStringLiteral("yahoo.com")))
        topic.endpoint = RecordedEndpoint::YahooCookie;
    for (const RecordedPath &known : recordedPaths()) {
        const auto match = known.pattern.match(path);
        if (verb != known.verb || !match.hasMatch())
            continue;
        topic.endpoint = known.endpoint;
        topic.subject = match.captured(1).toUpper();
    }
    return topic;
}

QString RecordedTopic::parameter(const QString &name) const
{
    // Form encoding writes a space as +, which QUrlQuery leaves alone.
    QString value = query.queryItemValue(name, QUrl::FullyEncoded);
    value.replace(u'+', QStringLiteral("%20"));
    return QUrl::fromPercentEncoding(value.toUtf8());
}

} // namespace insitecache
