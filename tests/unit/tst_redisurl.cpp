// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "redis/redisurl.h"

using namespace insitecache;

class TestRedisUrl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understands_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("transport");
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("place");
        QTest::addColumn<int>("database");
        const int tcp = int(RedisUrl::Transport::Tcp), tls = int(RedisUrl::Transport::Tls);
        const int local = int(RedisUrl::Transport::Unix);
        QTest::newRow("host") << QByteArray("redis://cache") << tcp << QByteArray() << QByteArray("cache:6379") << 0;
        QTest::newRow("slash") << QByteArray("redis://cache/") << tcp << QByteArray() << QByteArray("cache:6379") << 0;
        QTest::newRow("full") << QByteArray("redis://ic@10.0.0.7:7000/3") << tcp << QByteArray("ic")
                              << QByteArray("10.0.0.7:7000") << 3;
        QTest::newRow("escaped user") << QByteArray("redis://a%40b@h/0") << tcp << QByteArray("a@b")
                                      << QByteArray("h:6379") << 0;
        QTest::newRow("IPv6") << QByteArray("redis://[::1]:7000") << tcp << QByteArray() << QByteArray("[::1]:7000")
                              << 0;
        QTest::newRow("TLS") << QByteArray("rediss://ic@h:1/2") << tls << QByteArray("ic") << QByteArray("h:1") << 2;
        QTest::newRow("unix") << QByteArray("unix:/run/r.sock") << local << QByteArray()
                              << QByteArray("unix:/run/r.sock") << 0;
        QTest::newRow("unix db") << QByteArray("unix:/run/a b.sock?db=4") << local << QByteArray()
                                 << QByteArray("unix:/run/a b.sock") << 4;
    }

    void understands()
    {
        QFETCH(QByteArray, text);
        const auto url = RedisUrl::parse(text.toStdString());
        QVERIFY2(url, url ? "" : url.error().message.c_str());
        QTEST(int(url->transport), "transport");
        QTEST(QByteArray::fromStdString(url->user), "user");
        QTEST(QByteArray::fromStdString(url->place()), "place");
        QTEST(url->database, "database");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "redis", "redis://", "redis:///0", "http://h", "redis://h:99999", "redis://h/x",
                 "redis://h/-1", "redis://h/1/2", "redis://h/0?x=1", "redis://h/0#x", "redis://h h", "unix:",
                 "unix:r.sock", "unix:/r?db=", "unix:/r?db=a", "unix:/r?user=x", "redis://h/70000", "127.0.0.1:6379"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refuses()
    {
        QFETCH(QByteArray, text);
        const auto url = RedisUrl::parse(text.toStdString());
        QVERIFY(!url);
        QCOMPARE(url.error().code, ErrorCode::InvalidArgument);
        QVERIFY(!url.error().hint.empty());
    }

    void refusesAPasswordWithoutRepeatingIt_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"redis://user:hunter2@h", "redis://:hunter2@h:1/0", "rediss://u:hunter2@h/x?y",
                 "redis://u:hunt/er2@h", "redis://u:hunter2@@h", "redis://u:@h", "bad://u:hunter2@h"})
            QTest::newRow(text) << QByteArray(text);
    }

    void refusesAPasswordWithoutRepeatingIt()
    {
        QFETCH(QByteArray, text);
        const auto url = RedisUrl::parse(text.toStdString());
        QVERIFY(!url);
        QVERIFY(url.error().toString().find("passwordFile") != std::string::npos);
        QVERIFY(url.error().toString().find("hunt") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestRedisUrl)
#include "tst_redisurl.moc"
