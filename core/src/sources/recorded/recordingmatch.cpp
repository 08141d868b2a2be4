// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/recorded/recordingmatch.h"

#include <array>
#include <cmath>
#include <optional>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRegularExpression>
#include <QStringList>

namespace insitecache {

namespace {

/// Compared in order; the smaller is the nearer. Nothing: not an answer to that request at all.
using RecordedDistance = std::optional<std::array<int, 2>>;

QStringList symbolsOf(const RecordedTopic &topic)
{
    return topic.parameter(QStringLiteral("symbols")).toUpper().split(u',', Qt::SkipEmptyParts);
}

RecordedDistance quoteDistance(const RecordedTopic &request, const Recording &recording)
{
    const QStringList wanted = symbolsOf(request);
    const QStringList held = symbolsOf(recording.topic);
    for (const QString &symbol : wanted) {
        if (!held.contains(symbol))
            return std::nullopt;
    }
    const bool partial = recording.topic.query.hasQueryItem(QStringLiteral("fields"));
    return std::array{int(partial), int(held.size() - wanted.size())};
}

double spanDays(const RecordedTopic &topic)
{
    static const QMap<QString, double> ranges = {{QStringLiteral("1d"), 1}, {QStringLiteral("5d"), 5},
        {QStringLiteral("1mo"), 30}, {QStringLiteral("3mo"), 91}, {QStringLiteral("6mo"), 182},
        {QStringLiteral("ytd"), 182}, {QStringLiteral("1y"), 365}, {QStringLiteral("2y"), 730},
        {QStringLiteral("5y"), 1826}, {QStringLiteral("10y"), 3652}, {QStringLiteral("max"), 14600}};
    const auto range = ranges.constFind(topic.parameter(QStringLiteral("range")));
    if (range != ranges.constEnd())
        return *range;
    const double begin = topic.parameter(QStringLiteral("period1")).toDouble();
    const double end = topic.parameter(QStringLiteral("period2")).toDouble();
    return std::max(1.0, (end - begin) / 86400);
}

/// Doublings between the lengths of two spans.
RecordedDistance chartDistance(const RecordedTopic &request, const Recording &recording)
{
    if (request.subject != recording.topic.subject)
        return std::nullopt;
    const QString interval = QStringLiteral("interval");
    const QString recorded = recording.topic.parameter(interval);
    const bool otherBars = !recorded.isEmpty() && request.parameter(interval) != recorded;
    const double doublings = std::abs(std::log2(spanDays(request) / spanDays(recording.topic)));
    return std::array{int(otherBars), int(doublings)};
}

bool listsText(const QJsonValue &match, const QString &text)
{
    for (const char *field : {"symbol", "shortname", "longname"}) {
        if (match.toObject().value(QLatin1String(field)).toString().contains(text, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

RecordedDistance searchDistance(const RecordedTopic &request, const Recording &recording)
{
    const QString text = request.parameter(QStringLiteral("q")).simplified();
    const QString searched = recording.topic.parameter(QStringLiteral("q")).simplified();
    if (text.compare(searched, Qt::CaseInsensitive) == 0)
        return std::array{0, 0};
    const QByteArray body = recording.body().value_or(QByteArray());
    // Most bodies need no parsing to see that they do not list it; other scripts may be escaped, so look inside.
    const bool ascii = text.toUtf8().size() == text.size();
    if (text.isEmpty() || (ascii && !QString::fromUtf8(body).contains(text, Qt::CaseInsensitive)))
        return std::nullopt;
    const QJsonArray matches = QJsonDocument::fromJson(body).object().value(QLatin1String("quotes")).toArray();
    for (qsizetype i = 0; i < matches.size(); ++i) {
        if (listsText(matches.at(i), text))
            return std::array{1, int(i)};
    }
    return std::nullopt;
}

/// The words of a query that can be tickers: capitals and digits, operators aside.
QStringList tickersOf(const QString &query)
{
    static const QRegularExpression ticker(QStringLiteral("\\b[A-Z0-9][A-Z0-9.]+\\b"));
    QStringList words;
    for (auto match = ticker.globalMatch(query); match.hasNext();) {
        const QString word = match.next().captured();
        if (word != QStringLiteral("OR") && word != QStringLiteral("AND") && word != QStringLiteral("NOT"))
            words += QRegularExpression::escape(word);
    }
    return words;
}

bool mentionsAny(const QStringList &tickers, const QString &text)
{
    return !tickers.isEmpty()
        && text.contains(QRegularExpression(QStringLiteral("\\b(?:%1)\\b").arg(tickers.join(u'|'))));
}

RecordedDistance postsDistance(const RecordedTopic &request, const Recording &recording, const QString &parameter)
{
    const QString query = request.parameter(parameter);
    const QString searched = recording.topic.parameter(parameter);
    const int otherEndpoint = int(request.subject != recording.topic.subject);
    if (query == searched)
        return std::array{0, otherEndpoint};
    const QStringList tickers = tickersOf(query);
    const bool about = mentionsAny(tickers, searched)
        || mentionsAny(tickers, QString::fromUtf8(recording.body().value_or(QByteArray())));
    return std::array{about ? 1 : 2, otherEndpoint};
}

RecordedDistance tokenDistance(const QByteArray &requestBody, const Recording &recording)
{
    const bool granted = recording.body().value_or(QByteArray()).contains("\"access_token\"");
    const bool otherGrant = recording.requestBody.toUtf8() != requestBody;
    return granted ? RecordedDistance(std::array{int(otherGrant), 0}) : std::nullopt;
}

RecordedDistance distanceByEndpoint(
    const RecordedTopic &request, const QByteArray &requestBody, const Recording &recording)
{
    switch (request.endpoint) {
    case RecordedEndpoint::YahooQuote: return quoteDistance(request, recording);
    case RecordedEndpoint::YahooChart: return chartDistance(request, recording);
    case RecordedEndpoint::YahooSearch: return searchDistance(request, recording);
    case RecordedEndpoint::RedditSearch: return postsDistance(request, recording, QStringLiteral("q"));
    case RecordedEndpoint::XSearch: return postsDistance(request, recording, QStringLiteral("query"));
    case RecordedEndpoint::RedditToken: return tokenDistance(requestBody, recording);
    case RecordedEndpoint::YahooCrumb: return recording.succeeded() ? RecordedDistance(std::array{0, 0}) : std::nullopt;
    default: break;
    }
    return request.subject == recording.topic.subject ? RecordedDistance(std::array{0, 0}) : std::nullopt;
}

RecordedDistance recordedDistance(
    const RecordedTopic &request, const QByteArray &requestBody, const Recording &recording)
{
    if (request.endpoint != recording.topic.endpoint)
        return std::nullopt;
    RecordedDistance distance = distanceByEndpoint(request, requestBody, recording);
    const bool speaksOfQuery = recording.status >= 400 && recording.status != 404;
    if (distance && speaksOfQuery && request.query != recording.topic.query)
        (*distance)[0] += 10;
    return distance;
}

} // namespace

const Recording *nearestRecording(
    const std::vector<Recording> &recordings, const RecordedTopic &request, const QByteArray &requestBody)
{
    const Recording *nearest = nullptr;
    RecordedDistance least;
    for (const Recording &recording : recordings) {
        const auto distance = recordedDistance(request, requestBody, recording);
        if (!distance)
            continue;
        if (!least || *distance < *least || (*distance == *least && recording.recorded > nearest->recorded)) {
            nearest = &recording;
            least = distance;
        }
    }
    return nearest;
}

} // namespace insitecache
