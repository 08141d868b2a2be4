// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/httpexchange.h"

#include <algorithm>
#include <utility>

namespace insitecache {

namespace {

constexpr int mostRedirects = 5;

std::string hostText(const QUrl &url)
{
    return url.host().toStdString();
}

bool sameServer(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == QStringLiteral("https") ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b);
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// Qt turns a status of 400 and above into an error of the content or server family, and 400 itself into one of the
/// protocol family. Any other error means that the transfer itself broke, whatever status came before.
bool transferBroke(const QNetworkReply &reply, int status)
{
    const int error = reply.error();
    if (error == QNetworkReply::NoError)
        return false;
    const bool speaksOfStatus
        = (error > 200 && error < 300) || error > 400 || error == QNetworkReply::ProtocolInvalidOperationError;
    return status < 400 || !speaksOfStatus;
}

/// Qt's own words, but for those that hold the whole address: a query may hold a secret.
std::string transferDetail(const QNetworkReply &reply)
{
    const QString text = reply.errorString().simplified();
    return text.contains(QStringLiteral("://")) ? std::string() : " (" + text.toStdString() + ")";
}

Error transferError(const QNetworkReply &reply, bool answered)
{
    const std::string host = hostText(reply.url());
    const std::string detail = transferDetail(reply);
    switch (reply.error()) {
    case QNetworkReply::TimeoutError:
        return {ErrorCode::Timeout, host + " did not answer in time" + detail, "try again later"};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorCode::Unavailable, "no secure connection to " + host + detail,
            "check the clock and the certificates of this machine"};
    case QNetworkReply::HostNotFoundError:
        return {ErrorCode::Unavailable, host + " is not found" + detail, "check the base URL and the network"};
    default: break;
    }
    const bool neverConnected = reply.error() < QNetworkReply::ProxyConnectionRefusedError;
    if (!answered && neverConnected)
        return {ErrorCode::Unavailable, host + " does not answer" + detail, "check the base URL and the network"};
    return {ErrorCode::BadResponse, "the answer of " + host + " broke off or is not HTTP" + detail, "try again later"};
}

HttpResponse responseOf(const QNetworkReply &reply, QByteArray body)
{
    HttpResponse response;
    response.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.url = reply.url();
    response.body = std::move(body);
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        // Qt joins repeated headers: cookies by line breaks, since a cookie's date holds a comma.
        const auto values
            = name.compare("set-cookie", Qt::CaseInsensitive) == 0 ? value.split('\n') : QByteArrayList{value};
        for (const QByteArray &one : values)
            response.headers.append({name, one});
    }
    return response;
}

QNetworkRequest networkRequest(const HttpRequest &request, const NetworkTransportOptions &options)
{
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setDecompressedSafetyCheckThreshold(options.maxBodyBytes);
    out.setRawHeader("User-Agent", options.userAgent.toUtf8());
    for (const auto &[name, value] : request.headers)
        out.setRawHeader(name, value);
    return out;
}

} // namespace

HttpExchange::HttpExchange(
    QNetworkAccessManager &network, const NetworkTransportOptions &options, HttpRequest request, Finished finished) :
    QObject(&network),
    m_network(network), m_options(options), m_request(std::move(request)), m_finished(std::move(finished))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        finish(fail(ErrorCode::Timeout,
            hostText(m_request.url) + " did not answer within " + std::to_string(m_options.deadline.count()) + " ms",
            "try again later"));
    });
}

HttpExchange::~HttpExchange()
{
    dropReply();
}

void HttpExchange::start()
{
    m_deadline.start(m_options.deadline);
    sendRequest();
}

void HttpExchange::cancel()
{
    finish(fail(ErrorCode::Cancelled, "the request to " + hostText(m_request.url) + " was cancelled"));
}

void HttpExchange::sendRequest()
{
    dropReply();
    m_body.clear();
    m_reply = m_network.sendCustomRequest(networkRequest(m_request, m_options), m_request.verb, m_request.body);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpExchange::checkLength);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpExchange::readBody);
    connect(m_reply, &QNetworkReply::finished, this, &HttpExchange::replyFinished);
}

void HttpExchange::dropReply()
{
    if (!m_reply)
        return;
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

void HttpExchange::checkLength()
{
    const qint64 announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    if (std::max<qint64>(announced, m_body.size()) <= m_options.maxBodyBytes)
        return;
    finish(fail(ErrorCode::TooLarge,
        hostText(m_request.url) + " sends more than " + std::to_string(m_options.maxBodyBytes) + " bytes",
        "the body was dropped; check the base URL"));
}

void HttpExchange::readBody()
{
    m_body += m_reply->read(m_options.maxBodyBytes + 1 - m_body.size());
    checkLength();
}

void HttpExchange::replyFinished()
{
    m_body += m_reply->read(m_options.maxBodyBytes + 1 - m_body.size());
    checkLength();
    if (!m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (transferBroke(*m_reply, status) || status == 0)
        return finish(tl::unexpected(transferError(*m_reply, status > 0)));
    HttpResponse response = responseOf(*m_reply, std::move(m_body));
    if (!followRedirect(response))
        finish(std::move(response));
}

bool HttpExchange::followRedirect(const HttpResponse &response)
{
    const QByteArray location = response.header("location");
    if (!isRedirect(response.status) || location.isEmpty())
        return false;
    const QUrl target = m_request.url.resolved(QUrl::fromEncoded(location));
    if (!sameServer(m_request.url, target)) {
        finish(fail(ErrorCode::Redirected,
            hostText(m_request.url) + " points to another server ("
                + target.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
                      .left(100)
                      .toStdString()
                + ")",
            "it was not followed; check the base URL"));
        return true;
    }
    if (++m_redirects > mostRedirects) {
        finish(fail(ErrorCode::BadResponse, hostText(m_request.url) + " redirects in circles", "check the base URL"));
        return true;
    }
    m_request.url = target;
    if (response.status != 307 && response.status != 308 && m_request.verb != "HEAD") {
        m_request.verb = "GET";
        m_request.body.clear();
    }
    sendRequest();
    return true;
}

void HttpExchange::finish(Result<HttpResponse> answer)
{
    m_deadline.stop();
    dropReply();
    if (const Finished finished = std::exchange(m_finished, nullptr))
        finished(this, std::move(answer));
}

} // namespace insitecache
