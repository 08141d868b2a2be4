// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include <unistd.h>

#include <insitecache/tiers/privateredis.h>

#include "cli/benchrun.h"
#include "cli/command.h"
#include "cli/humanformat.h"
#include "cli/jsonlookup.h"

namespace insitecache {

namespace {

/// What a run needs around it: places of its own, so that a bench never touches what others keep.
class BenchStage {
public:
    BenchStage(const CommandContext &context, const BenchOptions &options, const BenchKeys &keys) :
        m_context(context), m_bench(options), m_keys(keys)
    {}
    ~BenchStage() { removeEntries(); }

    Status open()
    {
        EngineOptions engine;
        engine.memory = m_context.settings.memory;
        if (m_bench.kind == BenchKind::Tiered)
            engine.memory.maxEntries = std::max<std::uint64_t>(1, m_bench.keys / 4);
        engine.policies = {benchPolicy(m_bench.kind)};
        engine.seed = 1;
        engine.sources.push_back([this] { return makeBenchSource(m_keys); });
        if (Status ok = addRedis(engine); !ok)
            return ok;
        addDatabase(engine);
        auto started = Engine::start(engine);
        if (!started)
            return tl::unexpected(started.error());
        m_engine = std::move(*started);
        m_engine->waitForTiers(Millis(2000));
        return {};
    }

    Result<BenchReport> run()
    {
        switch (m_bench.kind) {
        case BenchKind::L1: return benchMemory(*m_engine, m_keys, m_bench);
        case BenchKind::L2: return benchTier(*m_engine, Stage::L2, m_keys, m_bench);
        case BenchKind::L3: return benchTier(*m_engine, Stage::L3, m_keys, m_bench);
        case BenchKind::Tiered: break;
        }
        return benchLookups(*m_engine, m_keys, m_bench);
    }

private:
    Status addRedis(EngineOptions &engine)
    {
        if (m_bench.kind != BenchKind::L2 && m_bench.kind != BenchKind::Tiered)
            return {};
        if (m_context.settings.redisOff)
            return m_bench.kind == BenchKind::Tiered
                ? Status()
                : fail(ErrorCode::InvalidArgument, "there is no Redis to measure", "leave out --redis none");
        RedisTierOptions redis = m_context.settings.redis.value_or(RedisTierOptions());
        if (!m_context.settings.redis) {
            auto server = PrivateRedis::start(m_directory.path().toStdString(), 0);
            if (!server)
                return tl::unexpected(server.error());
            m_redis = std::move(*server);
            redis.url = m_redis->url();
        }
        redis.space = "bench-" + std::to_string(::getpid());
        redis.sharedTypes.clear();
        engine.redis = redis;
        return {};
    }

    void addDatabase(EngineOptions &engine)
    {
        if (m_bench.kind != BenchKind::L3 && m_bench.kind != BenchKind::Tiered)
            return;
        DatabaseTierOptions database;
        database.url = "sqlite:" + m_directory.filePath(QStringLiteral("bench.db")).toStdString();
        database.space = "bench";
        engine.database = database;
    }

    // A named Redis goes on living; the rest goes with the directory.
    void removeEntries()
    {
        if (!m_engine || !m_context.settings.redis)
            return;
        Invalidation all{Selector::all(), {false, true, false}, false, "bench is over"};
        m_engine->invalidate(all).waitForFinished();
    }

    const CommandContext &m_context;
    const BenchOptions &m_bench;
    const BenchKeys &m_keys;
    QTemporaryDir m_directory;
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<Engine> m_engine;
};

double perSecond(const BenchReport &report)
{
    return report.seconds > 0 ? double(report.operations) / report.seconds : 0.0;
}

double hitShare(const BenchReport &report)
{
    return report.operations ? double(report.hits) / double(report.operations) : 0.0;
}

/// Beyond the key and its value. Empty too where so little was taken that other things of the process hid it.
std::optional<double> extraBytes(const BenchReport &report, const BenchKeys &keys)
{
    const double extra = report.bytesPerEntry.value_or(0) - static_cast<double>(keys.entryBytes());
    return extra > 0 ? std::optional(extra) : std::nullopt;
}

QJsonObject benchJson(const BenchOptions &options, const BenchReport &report)
{
    QJsonObject shares;
    for (const Stage stage : {Stage::L1, Stage::L2, Stage::L3, Stage::Source, Stage::None})
        shares[textJson(stageName(stage))] = report.operations
            ? double(report.answeredBy[static_cast<std::size_t>(stage)]) / double(report.operations)
            : 0.0;
    return {{QStringLiteral("bench"), textJson(benchName(options.kind))}, {QStringLiteral("threads"), options.threads},
        {QStringLiteral("operations"), static_cast<qint64>(report.operations)},
        {QStringLiteral("seconds"), report.seconds}, {QStringLiteral("opsPerSecond"), perSecond(report)},
        {QStringLiteral("p50Us"), report.latency.quantileMs(0.5) * 1000.0},
        {QStringLiteral("p99Us"), report.latency.quantileMs(0.99) * 1000.0},
        {QStringLiteral("hitRatio"), hitShare(report)},
        {QStringLiteral("bytesPerEntry"), report.bytesPerEntry ? QJsonValue(*report.bytesPerEntry) : QJsonValue()},
        {QStringLiteral("keys"), static_cast<qint64>(options.keys)}, {QStringLiteral("zipf"), options.zipf},
        {QStringLiteral("valueBytes"), static_cast<qint64>(options.valueBytes)}, {QStringLiteral("shares"), shares}};
}

void showBench(Console &console, const BenchOptions &options, const BenchReport &report)
{
    console.table(
        {{"bench", "threads", "keys", "ops/s", "p50 us", "p99 us", "hit ratio", "extra bytes/entry"},
            {std::string(benchName(options.kind)), std::to_string(options.threads), std::to_string(options.keys),
                numberShown(perSecond(report), 0), numberShown(report.latency.quantileMs(0.5) * 1000.0, 2),
                numberShown(report.latency.quantileMs(0.99) * 1000.0, 2), percentShown(hitShare(report)),
                numberShown(report.bytesPerEntry, 0)}},
        {false, true, true, true, true, true, true, true});
}

} // namespace

ExitCode runBench(const CommandContext &context)
{
    Console &console = context.console;
    const auto options = BenchOptions::from(context.arguments);
    if (!options)
        return console.failure(options.error(), ExitCode::Usage);
    const BenchKeys keys(*options);
    BenchStage stage(context, *options, keys);
    if (Status ok = stage.open(); !ok)
        return console.failure(ok.error());
    auto report = stage.run();
    if (!report)
        return console.failure(report.error());
    report->bytesPerEntry = extraBytes(*report, keys);
    if (console.wantsJson())
        console.document(benchJson(*options, *report));
    showBench(console, *options, *report);
    return ExitCode::Ok;
}

} // namespace insitecache
