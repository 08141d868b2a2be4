// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QTimer>

#include <insitecache/sources/upstreams.h>

#include "sources/http/networktransport.h"
#include "support/await.h"
#include "support/faultyhttpserver.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

constexpr qint64 cap = 256 << 10;

NetworkTransportOptions limits(Millis deadline = 10s)
{
    return {QStringLiteral("test/1"), deadline, cap};
}

Result<HttpResponse> send(NetworkTransport &transport, const HttpRequest &request)
{
    return await<Result<HttpResponse>>(
        [&](std::function<void(Result<HttpResponse>)> done) { transport.send(request, std::move(done)); });
}

HttpRequest get(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

} // namespace

class TestNetworkTransport : public QObject {
    Q_OBJECT

    std::unique_ptr<FaultyHttpServer> m_server;

    Result<HttpResponse> ask(const QString &path, Millis deadline = 10s)
    {
        NetworkTransport transport(limits(deadline));
        return send(transport, get(m_server->url(path)));
    }
    ErrorCode failure(const QString &path, Millis deadline = 10s)
    {
        const auto answer = ask(path, deadline);
        return answer ? ErrorCode::Internal : answer.error().code;
    }

private Q_SLOTS:
    void init() { m_server = std::make_unique<FaultyHttpServer>(); }

    void anAnswerComesWhole()
    {
        m_server->answer("/a?q=%5Ex", "200 OK", "Content-Type: application/json\r\nX-Twice: 1\r\n", "{\"a\": 1}");
        const auto answer = ask(QStringLiteral("/a?q=%5Ex"));
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("{\"a\": 1}"));
        QCOMPARE(answer->header("CONTENT-type"), QByteArray("application/json"));
        QCOMPARE(answer->url, m_server->url(QStringLiteral("/a?q=%5Ex")));
        QVERIFY(m_server->requests.at(0).contains("User-Agent: test/1\r\n"));
    }

    void everyStatusIsAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
            {"204 No Content", "304 Not Modified", "400 Bad", "401 Unauthorized", "403 Forbidden", "404 Not Found",
                "418 Teapot", "429 Too Many Requests", "500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout"})
            QTest::newRow(line) << QByteArray(line);
    }
    void everyStatusIsAnAnswer()
    {
        QFETCH(QByteArray, line);
        const bool bodiless = line.startsWith("204") || line.startsWith("304");
        m_server->answer("/", line, "Retry-After: 7\r\nWWW-Authenticate: Basic realm=\"x\"\r\n", bodiless ? "" : "why");
        const auto answer = ask(QStringLiteral("/"));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->status, line.left(3).toInt());
        QCOMPARE(answer->body, QByteArray(bodiless ? "" : "why"));
        QCOMPARE(answer->header("retry-after"), QByteArray("7"));
        QCOMPARE(m_server->requests.size(), 1);
    }

    void silenceEndsAtTheDeadline()
    {
        m_server->handle("/", [](QTcpSocket &, const QByteArray &) {});
        QCOMPARE(failure(QStringLiteral("/"), 200ms), ErrorCode::Timeout);
    }

    // Each byte would start Qt's own timeout anew.
    void aTrickleEndsAtTheDeadline()
    {
        m_server->handle("/", [](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            auto *timer = new QTimer(&socket);
            connect(timer, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            timer->start(20ms);
        });
        QCOMPARE(failure(QStringLiteral("/"), 300ms), ErrorCode::Timeout);
    }

    void anAnnouncedGiantIsNotRead()
    {
        m_server->handle("/", [](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 300000000\r\n\r\nabc");
        });
        QCOMPARE(failure(QStringLiteral("/")), ErrorCode::TooLarge);
    }

    void anEndlessBodyIsCutAtTheCap()
    {
        m_server->handle("/", [](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            const QByteArray block(64 << 10, 'x');
            connect(&socket, &QTcpSocket::bytesWritten, &socket, [&socket, block] {
                if (socket.bytesToWrite() < block.size())
                    socket.write(block);
            });
            socket.write(block);
        });
        QCOMPARE(failure(QStringLiteral("/")), ErrorCode::TooLarge);
    }

    void compressionIsUndoneWithinTheCap()
    {
        const QByteArray text = QByteArray("{\"a\": \"") + QByteArray(1000, 'x') + "\"}";
        m_server->answer("/", "200 OK", "Content-Encoding: deflate\r\n", qCompress(text).mid(4));
        QCOMPARE(ask(QStringLiteral("/"))->body, text);
        m_server->answer(
            "/bomb", "200 OK", "Content-Encoding: deflate\r\n", qCompress(QByteArray(64 << 20, '\0')).mid(4));
        const ErrorCode code = failure(QStringLiteral("/bomb"));
        QVERIFY(code == ErrorCode::TooLarge || code == ErrorCode::BadResponse);
        m_server->answer("/broken", "200 OK", "Content-Encoding: deflate\r\n", "no deflate at all");
        QCOMPARE(failure(QStringLiteral("/broken")), ErrorCode::BadResponse);
    }

    void aCutChunkIsNeverMadeUp()
    {
        m_server->answer("/", QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"half\":"));
        const auto answer = ask(QStringLiteral("/"));
        if (answer)
            QCOMPARE(answer->body, QByteArray("{\"half\":"));
        else
            QCOMPARE(answer.error().code, ErrorCode::BadResponse);
    }

    void whatIsCutOffIsNoAnswer_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"half\":");
        QTest::newRow("head") << QByteArray("HTTP/1.1 200 OK\r\nContent-Le");
        QTest::newRow("not HTTP") << QByteArray("220 mail.example ESMTP\r\n");
        QTest::newRow("nothing") << QByteArray("");
    }
    void whatIsCutOffIsNoAnswer()
    {
        QFETCH(QByteArray, bytes);
        m_server->answer("/?crumb=secret", bytes);
        const auto answer = ask(QStringLiteral("/?crumb=secret"));
        QVERIFY(!answer);
        QVERIFY2(answer.error().message.find("secret") == std::string::npos, answer.error().message.c_str());
        QVERIFY2(answer.error().code == ErrorCode::BadResponse || answer.error().code == ErrorCode::Unavailable,
            answer.error().message.c_str());
        QVERIFY(!answer.error().hint.empty());
    }

    void theSameServersRedirectIsFollowed()
    {
        m_server->answer("/old", "302 Found", "Location: /new?x=1\r\n", "");
        m_server->answer("/new?x=1", "200 OK", "", "here");
        const auto answer = ask(QStringLiteral("/old"));
        QCOMPARE(answer->body, QByteArray("here"));
        QCOMPARE(answer->url, m_server->url(QStringLiteral("/new?x=1")));
    }

    void anotherServersIsNot_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("host") << QStringLiteral("https://example.invalid/?token=secret");
        QTest::newRow("port") << QStringLiteral("http://127.0.0.1:9/");
        QTest::newRow("scheme") << QStringLiteral("file:///etc/passwd");
        QTest::newRow("name of the same machine") << QStringLiteral("http://localhost:%1/");
    }
    void anotherServersIsNot()
    {
        QFETCH(QString, target);
        if (target.contains(u'%'))
            target = target.arg(m_server->serverPort());
        m_server->answer("/", "301 Moved", "Location: " + target.toLatin1() + "\r\n", "");
        const auto answer = ask(QStringLiteral("/"));
        QCOMPARE(answer.error().code, ErrorCode::Redirected);
        QVERIFY2(answer.error().message.find("secret") == std::string::npos, answer.error().message.c_str());
        QCOMPARE(m_server->requests.size(), 1);
    }

    void circlesEnd()
    {
        m_server->answer("/", "307 Again", "Location: /\r\n", "");
        QCOMPARE(failure(QStringLiteral("/")), ErrorCode::BadResponse);
        QCOMPARE(m_server->requests.size(), 6);
    }

    void aFormIsNotSentAgainUnlessAsked()
    {
        m_server->answer("/form", "303 See Other", "Location: /page\r\n", "");
        m_server->answer("/kept", "308 Moved", "Location: /page\r\n", "");
        m_server->answer("/page", "200 OK", "", "done");
        for (const QString &path : {QStringLiteral("/form"), QStringLiteral("/kept")}) {
            NetworkTransport transport(limits());
            HttpRequest request = get(m_server->url(path));
            request.verb = "POST";
            request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
            request.body = "a=b";
            QVERIFY(send(transport, request));
        }
        QCOMPARE(m_server->requests.size(), 4);
        QVERIFY(m_server->requests[0].startsWith("POST /form "));
        QVERIFY(m_server->requests[1].startsWith("GET /page ") && !m_server->requests[1].contains("a=b"));
        QVERIFY(m_server->requests[3].startsWith("POST /page ") && m_server->requests[3].endsWith("a=b"));
    }

    void cookiesAreTheClientsBusiness()
    {
        m_server->answer("/", "200 OK",
            "Set-Cookie: A3=x; Expires=Wed, 01 Jan 2070 00:00:00 GMT\r\nSet-Cookie: B=y; Path=/\r\n", "");
        NetworkTransport transport(limits());
        const auto first = send(transport, get(m_server->url(QStringLiteral("/"))));
        QByteArrayList cookies;
        for (const auto &[name, value] : first->headers) {
            if (name.toLower() == "set-cookie")
                cookies += value;
        }
        QCOMPARE(cookies, QByteArrayList({"A3=x; Expires=Wed, 01 Jan 2070 00:00:00 GMT", "B=y; Path=/"}));
        QVERIFY(send(transport, get(m_server->url(QStringLiteral("/")))));
        QVERIFY(!m_server->requests.at(1).toLower().contains("cookie:"));
    }

    void nobodyListening()
    {
        const QUrl gone = m_server->url(QStringLiteral("/"));
        m_server.reset();
        NetworkTransport transport(limits());
        QCOMPARE(send(transport, get(gone)).error().code, ErrorCode::Unavailable);
    }

    void onlyHttpsOrThisMachine_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("https") << "https://query2.finance.yahoo.com" << true;
        QTest::newRow("loopback") << "http://127.0.0.1:80" << true;
        QTest::newRow("loopback net") << "http://127.8.8.8" << true;
        QTest::newRow("IPv6 loopback") << "http://[::1]:8080" << true;
        QTest::newRow("localhost") << "http://localhost:1" << true;
        QTest::newRow("http") << "http://query2.finance.yahoo.com" << false;
        QTest::newRow("looks local") << "http://localhost.example.com" << false;
        QTest::newRow("private net") << "http://192.168.0.1" << false;
        QTest::newRow("other scheme") << "ftp://127.0.0.1" << false;
        QTest::newRow("no scheme") << "query2.finance.yahoo.com" << false;
        QTest::newRow("no host") << "https:///path" << false;
        QTest::newRow("empty") << "" << false;
    }
    void onlyHttpsOrThisMachine()
    {
        QFETCH(QString, url);
        QFETCH(bool, allowed);
        QCOMPARE(checkHttpUrl(QUrl(url)).has_value(), allowed);
        UpstreamOptions options;
        options.redditUrl = QUrl(url);
        QCOMPARE(options.validate().has_value(), allowed);
        if (!allowed) {
            NetworkTransport transport(limits());
            QCOMPARE(send(transport, get(QUrl(url))).error().code, ErrorCode::InvalidArgument);
            QCOMPARE(options.validate().error().code, ErrorCode::InvalidArgument);
        }
    }

    void optionsHaveBounds()
    {
        QVERIFY(UpstreamOptions().validate());
        UpstreamOptions options;
        options.deadline = 0ms;
        QVERIFY(!options.validate());
        options = {};
        options.maxBodyBytes = 0;
        QVERIFY(!options.validate());
        options = {};
        options.xBearerToken = QStringLiteral("token\r\nX-Injected: 1");
        QVERIFY(!options.validate());
        QVERIFY2(options.validate().error().message.find("Injected") == std::string::npos, "a secret is never shown");
    }

    void closingCancelsWhatIsOpen()
    {
        m_server->handle("/", [](QTcpSocket &, const QByteArray &) {});
        NetworkTransport transport(limits());
        QList<ErrorCode> codes;
        for (int i = 0; i < 3; ++i)
            transport.send(get(m_server->url(QStringLiteral("/"))),
                [&codes](const Result<HttpResponse> &answer) { codes.append(answer.error().code); });
        QTRY_VERIFY(!m_server->requests.isEmpty());
        transport.close();
        QCOMPARE(codes, QList<ErrorCode>(3, ErrorCode::Cancelled));
        QCOMPARE(send(transport, get(m_server->url(QStringLiteral("/")))).error().code, ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestNetworkTransport)
#include "tst_networktransport.moc"
