// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <insitecache/cache/engine.h>

#include "support/scriptedsource.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;

/// The hottest keys of one run at the start of the next, through engines over a real database.
class TestPreload : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString list() const { return m_dir->filePath(QStringLiteral("hot")); }
    std::unique_ptr<Engine> start(bool hottest = true) const
    {
        EngineOptions options;
        options.sources.push_back([]() -> Result<std::unique_ptr<Source>> {
            auto source = std::make_unique<ScriptedSource>();
            for (const char *key : {"stock:A", "stock:B", "stock:C"})
                source->answers.insert_or_assign(key, "v");
            return source;
        });
        options.database.emplace().url = "sqlite:" + m_dir->filePath(QStringLiteral("cache.db")).toStdString();
        options.preload.hottest = hottest;
        options.preload.file = list().toStdString();
        auto engine = Engine::start(std::move(options));
        return engine ? std::move(*engine) : nullptr;
    }
    static void read(Engine &engine, const char *key, int times)
    {
        for (int i = 0; i < times; ++i)
            engine.lookup({keyOf(key)}).waitForFinished();
    }
    static std::uint64_t preloaded(const Engine &engine) { return engine.metrics().totals().preload.hottest; }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        const auto engine = start();
        QVERIFY(engine);
        read(*engine, "stock:A", 3);
        read(*engine, "stock:B", 9);
        read(*engine, "stock:C", 1); // never answered by L1
    }

    void aRestartFindsTheHottestInMemory()
    {
        const auto engine = start();
        QVERIFY(engine);
        QTRY_COMPARE(preloaded(*engine), 2u);
        const MetricsTotals before = engine->metrics().totals();
        QCOMPARE(before.preload.fromSource, 0u);
        QCOMPARE(before.all.lookups, 0u);
        for (const char *key : {"stock:A", "stock:B"})
            QCOMPARE(engine->lookup({keyOf(key)}).takeResult().at(0).answeredBy, Stage::L1);
        QCOMPARE(engine->lookup({keyOf("stock:C")}).takeResult().at(0).answeredBy, Stage::L3);
        QCOMPARE(engine->metrics().totals().all.hits(), 3u);
    }

    void withoutItARestartIsCold()
    {
        const auto engine = start(false);
        QVERIFY(engine);
        for (const char *key : {"stock:A", "stock:B"})
            QCOMPARE(engine->lookup({keyOf(key)}).takeResult().at(0).answeredBy, Stage::L3);
        QCOMPARE(preloaded(*engine), 0u);
    }

    // Nor may a list that cannot be used keep anything else from working.
    void aDamagedListStartsCold()
    {
        QFile file(list());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("insitecache hot keys 1 0000\n5 stock:A\n");
        file.close();
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("was cut off or changed")));
        const auto engine = start();
        QVERIFY(engine);
        QCOMPARE(engine->lookup({keyOf("stock:A")}).takeResult().at(0).answeredBy, Stage::L3);
        QCOMPARE(preloaded(*engine), 0u);
    }

    void theListMustHaveAPlace()
    {
        EngineOptions options;
        options.preload.hottest = true;
        const auto engine = Engine::start(std::move(options));
        QVERIFY(!engine);
        QCOMPARE(engine.error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestPreload)
#include "tst_preload.moc"
