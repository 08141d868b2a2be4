// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cstring>

#include <xxhash.h>

#include <insitecache/base/random.h>

#include "support/manualclock.h"
#include "support/tiercalls.h"
#include "tiers/envelope.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

std::string randomText(Random &random, std::size_t size, int values)
{
    std::string text(size, '\0');
    for (char &c : text)
        c = static_cast<char>(random.bits() % static_cast<unsigned>(values));
    return text;
}

/// Makes the checksum right again, as somebody who wants to be believed would.
std::string resealed(std::string bytes)
{
    const std::size_t body = bytes.size() - 8;
    const std::uint64_t checksum = XXH3_64bits(bytes.data(), body);
    std::memcpy(bytes.data() + body, &checksum, 8);
    return bytes;
}

} // namespace

class TestEnvelope : public QObject {
    Q_OBJECT

    ManualClock m_clock;
    std::unique_ptr<Random> m_random = Random::seeded(7);

    Result<EntryPtr> open(const std::string &bytes, const CacheKey &key, Duration remaining = 1h)
    {
        return openEnvelope(bytes, key, remaining, m_clock.now());
    }

private Q_SLOTS:
    void openedIsWhatWasSealed()
    {
        for (const std::size_t size : {0u, 1u, 1023u, 1024u, 1025u, 5000u, 300'000u}) {
            for (const int values : {2, 256}) {
                EntryFields entry
                    = entryOf("search:애플 \"x\"", randomText(*m_random, size, values), m_clock, 10min, 1h);
                entry.version = m_random->bits() >> 24;
                entry.refreshAt = entry.freshUntil - 3min;
                entry.negative = size == 0;
                const std::string bytes = sealEnvelope(*share(entry));
                const auto opened = open(bytes, entry.key, 65min);
                QVERIFY(opened);
                QVERIFY((*opened)->payload() == entry.payload);
                QCOMPARE((*opened)->origin(), entry.origin);
                QCOMPARE((*opened)->version(), entry.version);
                QCOMPARE((*opened)->negative(), entry.negative);
                QVERIFY((*opened)->created() == entry.created);
                QVERIFY((*opened)->ttl() == entry.ttl && (*opened)->staleFor() == entry.staleFor);
                QVERIFY((*opened)->freshUntil() == m_clock.now() + 5min);
                QVERIFY((*opened)->refreshAt() == m_clock.now() + 2min);
                QVERIFY(bytes.size() < size + 256);
            }
        }
    }

    void storeCannotLengthenALife()
    {
        const EntryFields entry = entryOf("stock:A", "x", m_clock, 10min, 1h);
        const auto opened = open(sealEnvelope(*share(entry)), entry.key, 1000h);
        QVERIFY((*opened)->staleUntil() == m_clock.now() + 70min);
        QVERIFY((*open(sealEnvelope(*share(entry)), entry.key, -5min))->staleUntil() == m_clock.now());
    }

    void noChangedByteIsEverBelieved_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("plain") << QByteArray("a plain payload");
        QTest::newRow("compressed") << QByteArray("abcdefgh").repeated(300);
    }

    void noChangedByteIsEverBelieved()
    {
        QFETCH(QByteArray, payload);
        const EntryFields entry = entryOf("stock:AAPL", payload.toStdString(), m_clock);
        const std::string good = sealEnvelope(*share(entry));
        QVERIFY(open(good, entry.key));
        for (std::size_t i = 0; i < good.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string bad = good;
                bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
                const auto opened = open(bad, entry.key);
                QVERIFY2(!opened, qPrintable(QStringLiteral("byte %1 bit %2").arg(i).arg(bit)));
                QCOMPARE(opened.error().code, ErrorCode::Corrupt);
                QVERIFY(!inspectEnvelope(bad));
            }
        }
    }

    void noCutOrGrownEnvelopeIsBelieved()
    {
        const EntryFields entry = entryOf("stock:AAPL", std::string(2000, 'x'), m_clock);
        const std::string good = sealEnvelope(*share(entry));
        for (std::size_t length = 0; length < good.size(); ++length)
            QVERIFY(!open(good.substr(0, length), entry.key));
        QVERIFY(!open(good + '\0', entry.key));
        QVERIFY(!open(good + good, entry.key));
        QVERIFY(!open({}, entry.key));
    }

    void anotherKeysEnvelopeIsRefused()
    {
        const EntryFields entry = entryOf("stock:AAPL", "x", m_clock);
        const auto opened = open(sealEnvelope(*share(entry)), keyOf("stock:AAP"));
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("another key") != std::string::npos);
    }

    // With a right checksum the other checks stand alone: none may crash, allocate beyond the cap, or answer wrongly.
    void forgedHeaderIsHarmless()
    {
        const EntryFields entry = entryOf("stock:AAPL", QByteArray("abcdefgh").repeated(300).toStdString(), m_clock);
        const std::string good = sealEnvelope(*share(entry));
        for (std::size_t i = 0; i < good.size() - 8; ++i) {
            for (const int value : {0, 1, 2, 0x7F, 0x80, 0xFF}) {
                std::string forged = good;
                forged[i] = static_cast<char>(value);
                const auto opened = open(resealed(std::move(forged)), entry.key);
                if (opened && i >= 64)
                    QCOMPARE((*opened)->keyText(), entry.key.text());
                if (opened)
                    QVERIFY((*opened)->payload().size() <= maxPayloadBytes);
            }
        }
    }

    void unknownVersionAndCodecAreNamed()
    {
        const EntryFields entry = entryOf("stock:A", "x", m_clock);
        std::string bytes = sealEnvelope(*share(entry));
        bytes[4] = 9;
        QVERIFY(open(resealed(bytes), entry.key).error().message.find("version 9") != std::string::npos);
        bytes[4] = 1;
        bytes[5] = 7;
        QVERIFY(open(resealed(bytes), entry.key).error().message.find("codec 7") != std::string::npos);
    }

    void randomBytesAreRefused()
    {
        for (int i = 0; i < 5000; ++i) {
            std::string bytes = randomText(*m_random, m_random->bits() % 300, 256);
            if (bytes.size() >= 4 && i % 2)
                bytes.replace(0, 4, "ICE1");
            QVERIFY(!open(bytes, keyOf("stock:A")));
        }
    }

    void headTellsWhatTheWholeTells()
    {
        EntryFields entry = entryOf("search:애플", std::string(50'000, 'x'), m_clock, 10min, 1h);
        entry.origin = "yahoo";
        entry.version = 9;
        const std::string bytes = sealEnvelope(*share(entry));
        const auto whole = inspectEnvelope(bytes);
        const auto head = inspectEnvelopeHead(std::string_view(bytes).substr(0, 100), bytes.size());
        QVERIFY(whole && head);
        QCOMPARE(head->key, whole->key);
        QCOMPARE(head->origin, std::string("yahoo"));
        QCOMPARE(head->rawBytes, 50'000u);
        QCOMPARE(head->version, whole->version);
        QVERIFY(head->ttl == 10min && head->staleFor == 1h);
        QVERIFY(!inspectEnvelopeHead(std::string_view(bytes).substr(0, 70), bytes.size()));
        QVERIFY(!inspectEnvelopeHead(bytes, bytes.size() + 1));
    }
};

QTEST_APPLESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"
