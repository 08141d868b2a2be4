// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

#include <insitecache/sources/demoupstream.h>

#include "sources/demo/limitingtcpserver.h"
#include "support/manualclock.h"
#include "support/plainhttp.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

using Socket = std::unique_ptr<QTcpSocket>;

Socket connected(quint16 port)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, port);
    if (!socket->waitForConnected(10'000))
        throw std::runtime_error("no connection");
    return socket;
}

/// Accepts connections and swallows what they send.
struct Rig {
    LimitingTcpServer server;
    std::vector<QTcpSocket *> accepted;

    explicit Rig(const ServerLimits &limits) : server(limits)
    {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            while (QTcpSocket *socket = server.nextPendingConnection()) {
                accepted.push_back(socket);
                QObject::connect(socket, &QTcpSocket::readyRead, socket, &QTcpSocket::readAll);
                QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
    }
    Socket connect() { return connected(server.serverPort()); }
};

bool isClosed(const Socket &socket)
{
    return socket->state() == QAbstractSocket::UnconnectedState;
}

} // namespace

class TestDemoLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneConnectionTooManyIsTurnedAway()
    {
        ServerLimits limits;
        limits.connections = 3;
        Rig rig(limits);
        std::vector<Socket> sockets;
        for (int i = 0; i < 3; ++i)
            sockets.push_back(rig.connect());
        QTRY_COMPARE(rig.accepted.size(), 3u);
        const Socket refused = rig.connect();
        QTRY_VERIFY(isClosed(refused));
        QVERIFY(refused->readAll().startsWith("HTTP/1.1 503 "));
        QCOMPARE(rig.accepted.size(), 3u);
        sockets.pop_back();
        QTRY_VERIFY(!isClosed(sockets.front()));
        // The place is free again once the server has seen its client go.
        bool served = false;
        for (int i = 0; i < 100 && !served; ++i) {
            sockets.push_back(rig.connect());
            served = QTest::qWaitFor([&] { return rig.accepted.size() == 4; }, 100);
        }
        QVERIFY(served);
    }

    void silentClientsAreCutOff()
    {
        ServerLimits limits;
        limits.idle = 200ms;
        Rig rig(limits);
        const Socket silent = rig.connect(), trickling = rig.connect();
        const std::unique_ptr<QTimer> drip = std::make_unique<QTimer>();
        QObject::connect(drip.get(), &QTimer::timeout, [&] { trickling->write("x"); });
        drip->start(20ms);
        QTRY_VERIFY(isClosed(silent));
        QTRY_VERIFY(isClosed(trickling));
    }

    void anAnswerStartsTheTimeAnew()
    {
        ServerLimits limits;
        limits.idle = 1500ms;
        Rig rig(limits);
        const Socket served = rig.connect(), silent = rig.connect();
        QTRY_COMPARE(rig.accepted.size(), 2u);
        QTimer answers;
        QObject::connect(&answers, &QTimer::timeout, [&] { rig.accepted.front()->write("y"); });
        answers.start(50ms);
        QTRY_VERIFY(isClosed(silent));
        QVERIFY(!isClosed(served));
    }

    void anEndlessRequestIsCutOff()
    {
        ServerLimits limits;
        limits.requestBytes = 10'000;
        Rig rig(limits);
        const Socket endless = rig.connect(), modest = rig.connect();
        modest->write(QByteArray(9'000, 'x'));
        qint64 sent = 0;
        QTimer more;
        QObject::connect(&more, &QTimer::timeout, [&] {
            if (endless->bytesToWrite() < 4'000)
                sent += endless->write(QByteArray(4'000, 'x'));
        });
        more.start(1ms);
        QTRY_VERIFY(isClosed(endless));
        QVERIFY2(sent >= 10'000, qPrintable(QString::number(sent)));
        QVERIFY(!isClosed(modest));
    }

    void manySmallRequestsAreWelcome()
    {
        DemoUpstreamOptions options;
        options.behaviour = {0ms, 0, 0, false};
        ManualClock clock;
        const auto demo = std::move(DemoUpstream::start(options, clock).value());
        const Socket client = connected(static_cast<quint16>(demo->upstreamOptions().yahooUrl.port()));
        const QByteArray request
            = "GET /v1/finance/trending/US?pad=" + QByteArray(4'000, 'x') + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        for (int i = 0; i < 60; ++i) {
            client->write(request);
            QByteArray answer;
            QVERIFY(QTest::qWaitFor([&] {
                answer += client->readAll();
                return answer.endsWith("}}");
            }));
            QVERIFY(answer.startsWith("HTTP/1.1 200 "));
        }
    }

    void anEndlessHeaderMeetsTheDemosLimit()
    {
        ManualClock clock;
        const auto demo = std::move(DemoUpstream::start({}, clock).value());
        const Socket client = connected(static_cast<quint16>(demo->upstreamOptions().xUrl.port()));
        client->write("GET / HTTP/1.1\r\nX-Long: ");
        QTimer more;
        QObject::connect(&more, &QTimer::timeout, [&] { client->write(QByteArray(8'000, 'x')); });
        more.start(1ms);
        QTRY_VERIFY(isClosed(client));
    }

    // QHttpServer alone writes to the freed socket of a client that left before its answer came.
    void clientsThatLeaveDoNoHarm()
    {
        DemoUpstreamOptions options;
        options.behaviour = {50ms, 0.5, 0, false};
        ManualClock clock;
        const auto demo = std::move(DemoUpstream::start(options, clock).value());
        const QUrl url = demo->upstreamOptions().yahooUrl;
        for (int round = 0; round < 4; ++round) {
            std::vector<Socket> leaving;
            for (int i = 0; i < 50; ++i) {
                leaving.push_back(connected(static_cast<quint16>(url.port())));
                leaving.back()->write("GET /v1/finance/trending/US HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
                leaving.back()->flush();
            }
            for (std::size_t i = 0; i < leaving.size(); i += 2)
                leaving[i]->abort();
        }
        PlainHttp http;
        for (int i = 0; i < 10; ++i)
            QCOMPARE(http.get(url.resolved(QUrl(QStringLiteral("/v1/finance/trending/US")))).status, 200);
    }

    // Two answers on one connection might overtake each other.
    void pipeliningIsCutOff()
    {
        DemoUpstreamOptions options;
        options.behaviour = {10s, 0, 0, false};
        ManualClock clock;
        const auto demo = std::move(DemoUpstream::start(options, clock).value());
        const Socket client = connected(static_cast<quint16>(demo->upstreamOptions().yahooUrl.port()));
        const QByteArray request = "GET /v1/finance/trending/US HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        client->write(request);
        client->flush();
        QVERIFY(QTest::qWaitFor([&] { return client->bytesToWrite() == 0; }));
        client->write(request);
        QTRY_VERIFY(isClosed(client));
        QVERIFY(client->readAll().isEmpty());
    }

    void stoppingWithAnswersHeldBackIsClean()
    {
        DemoUpstreamOptions options;
        options.behaviour = {20s, 0, 0, false};
        ManualClock clock;
        auto demo = std::move(DemoUpstream::start(options, clock).value());
        std::vector<Socket> waiting;
        for (int i = 0; i < 20; ++i) {
            waiting.push_back(connected(static_cast<quint16>(demo->upstreamOptions().yahooUrl.port())));
            waiting.back()->write("GET /v1/finance/trending/US HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        }
        QTRY_VERIFY(std::all_of(
            waiting.begin(), waiting.end(), [](const Socket &socket) { return socket->bytesToWrite() == 0; }));
        demo.reset();
        QTRY_VERIFY(std::all_of(waiting.begin(), waiting.end(), isClosed));
    }
};

QTEST_GUILESS_MAIN(TestDemoLimits)
#include "tst_demolimits.moc"
