// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/yahoo/yahoojson.h"

#include <cmath>

#include <QJsonArray>
#include <QJsonDocument>

#include "sources/social/providerbody.h"

namespace insitecache {

namespace {

/// What the envelope of whatever name says went wrong.
QJsonObject yahooErrorOf(const QJsonObject &document)
{
    for (const QJsonValue &envelope : document) {
        const QJsonValue error = envelope.toObject().value(QLatin1String("error"));
        if (error.isObject())
            return error.toObject();
    }
    return {};
}

std::string yahooMessage(const HttpResponse &response, const QJsonObject &error)
{
    const std::string description = oneLine(yahooText(error, {QLatin1String("description"), QLatin1String("code")}));
    return "Yahoo Finance answers HTTP " + std::to_string(response.status)
        + (description.empty() ? "" : ": " + description);
}

bool saysNotFound(const HttpResponse &response, const QJsonObject &error)
{
    const QString code = error.value(QLatin1String("code")).toString();
    const QString description = error.value(QLatin1String("description")).toString();
    return code == QStringLiteral("Not Found") || (response.status == 404 && !error.isEmpty())
        || description.startsWith(QStringLiteral("Data doesn't exist"));
}

tl::unexpected<Error> yahooFailure(const HttpResponse &response, const QJsonObject &error)
{
    const int status = response.status;
    const std::string message = yahooMessage(response, error);
    const QString code = error.value(QLatin1String("code")).toString();
    if (status == 401 || status == 403 || code == QStringLiteral("Unauthorized"))
        return fail(ErrorCode::Unauthorized, message, "Yahoo refuses this client; the chart is asked instead");
    if (status == 429)
        return fail(ErrorCode::RateLimited, message, "wait some minutes; Yahoo limits by address");
    if (status >= 500)
        return fail(ErrorCode::UpstreamError, message, "try again later");
    if (saysNotFound(response, error))
        return fail(ErrorCode::NotFound, message, "check the symbol");
    if (status == 400 && !error.isEmpty())
        return fail(ErrorCode::InvalidArgument, message, "Yahoo does not take this request");
    return fail(ErrorCode::BadResponse, message, "this is not part of Yahoo's interface; check the base URL");
}

} // namespace

Result<QJsonObject> yahooDocument(const HttpResponse &response)
{
    const auto parsed = jsonOfBody(response, "Yahoo Finance");
    if (!parsed && response.status == 200)
        return tl::unexpected(parsed.error());
    const QJsonObject document = parsed ? parsed->object() : QJsonObject();
    const QJsonObject error = yahooErrorOf(document);
    if (response.status != 200 || !error.isEmpty())
        return yahooFailure(response, error);
    if (document.isEmpty())
        return fail(ErrorCode::BadResponse, "Yahoo Finance sent JSON that is not an object", "check the base URL");
    return document;
}

Result<QJsonArray> yahooResults(const QJsonObject &document, QLatin1String name)
{
    const QJsonValue results = document.value(name).toObject().value(QLatin1String("result"));
    if (!results.isArray())
        return fail(ErrorCode::BadResponse, std::string("Yahoo Finance sent JSON without a ") + name.data() + " result",
            "check the base URL");
    return results.toArray();
}

std::optional<double> yahooNumber(const QJsonValue &value)
{
    const QJsonValue plain = value.isObject() ? value.toObject().value(QLatin1String("raw")) : value;
    if (!plain.isDouble() || !std::isfinite(plain.toDouble()))
        return std::nullopt;
    return plain.toDouble();
}

std::optional<QDateTime> yahooTime(const QJsonValue &value)
{
    constexpr double year2286 = 1e10;
    const auto seconds = yahooNumber(value);
    if (!seconds || std::abs(*seconds) >= year2286)
        return std::nullopt;
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(*seconds), Qt::UTC);
}

QString yahooText(const QJsonObject &object, std::initializer_list<QLatin1String> names)
{
    for (const QLatin1String name : names) {
        const QString text = object.value(name).toString().trimmed();
        if (!text.isEmpty())
            return text;
    }
    return {};
}

} // namespace insitecache
