// SPDX-License-Identifier: GPL-3.0-or-later
// insitecache_peers [--rounds N] [--json FILE] [CONTEST…]   measures and shows; CONTEST: l1 bytes tiered pinned
// insitecache_peers speed PEER WORKLOAD | memory PEER | tiers URL | hiredis URL   one peer, as a contest starts it
#include <cstdio>

#include <sched.h>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <insitecache/tiers/privateredis.h>

#include "contestants.h"
#include "figuretable.h"
#include "l1peers.h"
#include "ratiotable.h"
#include "tieredpeers.h"

namespace insitecache::bench {

namespace {

Result<std::vector<Record>> competeOverWorkload(int rounds, bool &allRan)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("workload"));
    if (Status saved = Workload::draw().save(file.toStdString()); !saved)
        return tl::unexpected(saved.error());
    return compete(speedContestants(file), rounds, allRan);
}

Result<std::vector<Record>> competeForMemory(int rounds, bool &allRan)
{
    return compete(memoryContestants(), rounds, allRan);
}

Result<std::vector<Record>> competeOverRedis(int rounds, bool &allRan)
{
    const QTemporaryDir folder;
    const auto redis = PrivateRedis::start(folder.path().toStdString(), 0);
    if (!redis)
        return tl::unexpected(redis.error());
    return compete(tieredContestants((*redis)->url()), rounds, allRan);
}

/// Redis and all peers share the first processor.
Result<std::vector<Record>> competePinned(int rounds, bool &allRan)
{
    cpu_set_t first, before;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    sched_getaffinity(0, sizeof before, &before);
    sched_setaffinity(0, sizeof first, &first);
    auto records = competeOverRedis(rounds, allRan);
    sched_setaffinity(0, sizeof before, &before);
    return records;
}

constexpr struct {
    const char *name;
    Result<std::vector<Record>> (*run)(int rounds, bool &allRan);
    const char *title;
} contests[] = {
    {"l1", &competeOverWorkload, "L1: 100,000 of 1,000,000 keys fit, Zipf 0.99"},
    {"bytes", &competeForMemory, "L1: memory"},
    {"tiered", &competeOverRedis, "L1 and L2: values of 1 KiB in Redis on a unix socket"},
    {"pinned", &competePinned, "The same with Redis and the peer on one processor"},
};

int complain(const Error &error)
{
    std::fprintf(stderr, "%s\n", error.toString().c_str());
    return 1;
}

int holdContests(const QStringList &wanted, int rounds, const QString &jsonFile)
{
    QJsonObject all{{QStringLiteral("rounds"), rounds}};
    bool allRan = true;
    for (const auto &contest : contests) {
        if (!wanted.isEmpty() && !wanted.contains(QLatin1String(contest.name)))
            continue;
        const auto records = contest.run(rounds, allRan);
        if (!records)
            return complain(records.error());
        std::printf("\n== %s. Median, lowest … highest of %d rounds\n%s%s", contest.title, rounds,
            tableOf(*records).c_str(), ratiosOf(*records).c_str());
        all[QLatin1String(contest.name)] = jsonOf(*records);
    }
    if (QFile file(jsonFile); !jsonFile.isEmpty()
        && (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(all).toJson()) < 0 || !file.flush()))
        return complain({ErrorCode::Io, file.fileName().toStdString() + " cannot be written", "name another file"});
    return allRan ? 0 : 1;
}

Result<Figures> measure(const QStringList &arguments)
{
    const std::string what = arguments.value(0).toStdString();
    const std::string whom = arguments.value(1).toStdString();
    if (what == "tiers")
        return measureOurTiers(whom);
    if (what == "hiredis")
        return measureHiredis(whom);
    for (const L1Peer &peer : l1Peers()) {
        if (peer.name != whom)
            continue;
        if (what == "memory")
            return peer.memory();
        return Workload::load(arguments.value(2).toStdString()).map(peer.speed);
    }
    return fail(ErrorCode::InvalidArgument, "there is no peer " + whom, "name one of those that a contest shows");
}

bool isSinglePeer(const QStringList &arguments)
{
    const QStringList modes{
        QStringLiteral("speed"), QStringLiteral("memory"), QStringLiteral("tiers"), QStringLiteral("hiredis")};
    return modes.contains(arguments.value(0));
}

int printFigures(const Result<Figures> &figures)
{
    if (!figures)
        return complain(figures.error());
    QJsonObject out;
    for (const auto &[name, value] : *figures)
        out[QString::fromStdString(name)] = value;
    std::printf("%s\n", QJsonDocument(out).toJson(QJsonDocument::Compact).constData());
    return 0;
}

} // namespace

} // namespace insitecache::bench

int main(int argc, char **argv)
{
    using namespace insitecache::bench;
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption rounds(
        QStringLiteral("rounds"), QStringLiteral("5 by default"), QStringLiteral("N"), QStringLiteral("5"));
    const QCommandLineOption json(QStringLiteral("json"), QStringLiteral("also write this"), QStringLiteral("FILE"));
    parser.addOptions({rounds, json});
    parser.addHelpOption();
    parser.addPositionalArgument(QStringLiteral("contest"), QStringLiteral("l1 bytes tiered pinned; all by default"),
        QStringLiteral("[CONTEST…]"));
    parser.process(app);
    const QStringList arguments = parser.positionalArguments();
    if (isSinglePeer(arguments))
        return printFigures(measure(arguments));
    return holdContests(arguments, std::max(1, parser.value(rounds).toInt()), parser.value(json));
}
