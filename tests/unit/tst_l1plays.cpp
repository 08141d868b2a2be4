// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <QDirIterator>

#include <insitecache/base/random.h>

#include "support/l1plays.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

using Play = std::string (*)(std::span<const std::uint8_t>);

constexpr std::pair<const char *, Play> plays[]
    = {{"store", &playOnStore}, {"table", &playOnTable}, {"wheel", &playOnWheel}};

std::vector<std::uint8_t> seededBytes(std::uint64_t seed, std::size_t count)
{
    const auto random = Random::seeded(seed);
    std::vector<std::uint8_t> bytes(count);
    for (std::uint8_t &byte : bytes)
        byte = std::uint8_t(random->bits());
    return bytes;
}

} // namespace

/// Any sequence of operations on a part of L1 does what a slow model of it does. tests/fuzz looks for more of them.
class TestL1Plays : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seededSequencesAgreeWithTheModel_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<int>("seeds");
        QTest::newRow("store") << 0 << 60;
        QTest::newRow("table") << 1 << 10;
        QTest::newRow("wheel") << 2 << 60;
    }
    void seededSequencesAgreeWithTheModel()
    {
        QFETCH(const int, which);
        QFETCH(const int, seeds);
        for (int seed = 0; seed < seeds; ++seed) {
            const std::string wrong = plays[which].second(seededBytes(std::uint64_t(seed), 4'000));
            QVERIFY2(wrong.empty(), ("seed " + std::to_string(seed) + ": " + wrong).c_str());
        }
    }

    void whatTheFuzzersKeptAgreesWithTheModel()
    {
        int played = 0;
        for (const auto &[name, play] : plays) {
            QDirIterator files(qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/tests/fuzz/corpus/")
                    + QString::fromLatin1(name),
                QDir::Files);
            while (files.hasNext()) {
                QFile file(files.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QByteArray bytes = file.readAll();
                const std::string wrong
                    = play({reinterpret_cast<const std::uint8_t *>(bytes.constData()), std::size_t(bytes.size())});
                QVERIFY2(wrong.empty(), (file.fileName().toStdString() + ": " + wrong).c_str());
                ++played;
            }
        }
        QVERIFY(played > 0);
    }
};

QTEST_APPLESS_MAIN(TestL1Plays)
#include "tst_l1plays.moc"
