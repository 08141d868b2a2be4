// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>

namespace insitecache::test {

struct PlainAnswer {
    int status = 0;
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers;

    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

/// Asks a server without any of the project's own HTTP code, and waits for the answer.
class PlainHttp {
public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    PlainHttp() { m_network.setTransferTimeout(20'000); }

    QNetworkReply *start(const QUrl &url, const Headers &headers = {}, const QByteArray &post = {})
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return post.isEmpty() ? m_network.get(request) : m_network.post(request, post);
    }
    PlainAnswer finish(QNetworkReply *reply)
    {
        if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 30'000))
            throw std::runtime_error("no answer");
        reply->deleteLater();
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
            reply->rawHeaderPairs()};
    }
    PlainAnswer get(const QUrl &url, const Headers &headers = {}) { return finish(start(url, headers)); }
    PlainAnswer post(const QUrl &url, const QByteArray &body, Headers headers)
    {
        headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        return finish(start(url, headers, body));
    }

private:
    QNetworkAccessManager m_network;
};

} // namespace insitecache::test
