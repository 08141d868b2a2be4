// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/providerbody.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <QUrlQuery>

#include "sources/http/jsondepth.h"

namespace insitecache {

namespace {

constexpr qsizetype longestQuotedText = 160;
constexpr qsizetype longestEntity = 10;

bool socialBodyIsPage(const HttpResponse &response)
{
    const QByteArray body = response.body.trimmed();
    return body.startsWith('<') || response.header("content-type").toLower().contains("html");
}

std::optional<char32_t> numericReference(QStringView name)
{
    const bool hex = name.startsWith(u"#x") || name.startsWith(u"#X");
    bool ok = false;
    const uint code = name.mid(hex ? 2 : 1).toUInt(&ok, hex ? 16 : 10);
    const bool character = code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return ok && character ? std::optional<char32_t>(code) : std::nullopt;
}

std::optional<char32_t> htmlEntity(QStringView name)
{
    if (name == u"amp")
        return U'&';
    if (name == u"lt")
        return U'<';
    if (name == u"gt")
        return U'>';
    if (name == u"quot")
        return U'"';
    if (name == u"apos")
        return U'\'';
    return name.startsWith(u'#') ? numericReference(name) : std::nullopt;
}

} // namespace

Result<QJsonDocument> jsonOfBody(const HttpResponse &response, const std::string &provider)
{
    const std::string status = " (HTTP " + std::to_string(response.status) + ")";
    if (response.body.trimmed().isEmpty())
        return fail(ErrorCode::BadResponse, provider + " sent an empty body" + status, "try again later");
    if (socialBodyIsPage(response))
        return fail(ErrorCode::BadResponse, provider + " sent a web page instead of JSON" + status,
            "a proxy or a block page may stand between; check the base URL");
    if (isNestedDeeperThan(response.body, deepestJson))
        return fail(
            ErrorCode::BadResponse, provider + " sent JSON that nests absurdly deep" + status, "check the base URL");
    QJsonParseError problem;
    QJsonDocument document = QJsonDocument::fromJson(response.body, &problem);
    if (document.isNull())
        return fail(ErrorCode::BadResponse,
            provider + " sent something that is not JSON" + status + ": " + oneLine(problem.errorString()),
            "try again later");
    return document;
}

std::string oneLine(const QString &foreign)
{
    QString line = foreign.left(longestQuotedText);
    std::replace_if(
        line.begin(), line.end(), [](QChar c) { return !c.isPrint() && !c.isSurrogate(); }, QLatin1Char(' '));
    return line.simplified().toStdString();
}

long long countOf(const QJsonValue &value)
{
    constexpr double largest = 9e15;
    const double number = value.toDouble(0);
    return std::isfinite(number) ? static_cast<long long>(std::clamp(number, -largest, largest)) : 0;
}

QString withoutHtmlEntities(const QString &text)
{
    QString plain;
    plain.reserve(text.size());
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype end = text.at(at) == u'&' ? text.indexOf(u';', at) : -1;
        const auto character = end > at && end - at <= longestEntity
            ? htmlEntity(QStringView(text).mid(at + 1, end - at - 1))
            : std::nullopt;
        if (!character) {
            plain += text.at(at);
            continue;
        }
        plain += QChar::fromUcs4(*character);
        at = end;
    }
    return plain;
}

QUrl providerUrl(const QUrl &base, const QString &path, const QList<std::pair<QString, QString>> &query)
{
    QUrl url = base;
    QString root = base.path();
    while (root.endsWith(u'/'))
        root.chop(1);
    url.setPath(root + path);
    QUrlQuery encoded;
    for (const auto &[name, value] : query)
        encoded.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(encoded);
    return url;
}

} // namespace insitecache
