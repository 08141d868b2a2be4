// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <insitecache/monitor/systemmemory.h>

#include "monitor/controlgroup.h"

using namespace insitecache;

class TestControlGroup : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    void write(const QString &name, const QByteArray &text) const
    {
        const QFileInfo info(m_dir->filePath(name));
        QDir().mkpath(info.path());
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    std::optional<std::uint64_t> bound() const
    {
        return controlGroupMemory(m_dir->filePath(QStringLiteral("cgroup")).toStdString(),
            m_dir->filePath(QStringLiteral("fs")).toStdString());
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void theLeastOfAllAbove_data()
    {
        QTest::addColumn<QByteArray>("own");
        QTest::addColumn<QByteArray>("above");
        QTest::addColumn<quint64>("least"); // 0: none
        QTest::newRow("no bound") << QByteArray("max\n") << QByteArray("max\n") << quint64(0);
        QTest::newRow("its own") << QByteArray("1000\n") << QByteArray("2000\n") << quint64(1000);
        QTest::newRow("one above") << QByteArray("max\n") << QByteArray("2000\n") << quint64(2000);
        QTest::newRow("the one above is tighter") << QByteArray("3000\n") << QByteArray("2000\n") << quint64(2000);
        QTest::newRow("nonsense") << QByteArray("\xff\n") << QByteArray() << quint64(0);
    }
    void theLeastOfAllAbove()
    {
        QFETCH(const QByteArray, own);
        QFETCH(const QByteArray, above);
        QFETCH(const quint64, least);
        write(QStringLiteral("cgroup"), "12:cpu:/other\n0::/system.slice/cache.service\n");
        write(QStringLiteral("fs/system.slice/memory.max"), above);
        write(QStringLiteral("fs/system.slice/cache.service/memory.max"), own);
        QCOMPARE(bound().value_or(0), std::uint64_t(least));
    }

    void theTopmostInAContainer()
    {
        write(QStringLiteral("cgroup"), "0::/\n");
        write(QStringLiteral("fs/memory.max"), "4096\n");
        QCOMPARE(bound().value_or(0), 4096u);
    }

    void noControlGroups()
    {
        QVERIFY(!bound());
        write(QStringLiteral("cgroup"), "4:memory:/old\n");
        QVERIFY(!bound());
        QVERIFY(systemMemoryBytes() > processResidentBytes());
    }
};

QTEST_APPLESS_MAIN(TestControlGroup)
#include "tst_controlgroup.moc"
