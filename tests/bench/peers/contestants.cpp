// SPDX-License-Identifier: GPL-3.0-or-later
#include "contestants.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "l1peers.h"

namespace insitecache::bench {

namespace {

Contestant ownContestant(const QString &name, const QStringList &arguments)
{
    return {name, QStringList{QCoreApplication::applicationFilePath()} + arguments};
}

std::vector<Contestant> l1Contestants(const QString &what, const QStringList &arguments, const QStringList &javaOptions)
{
    std::vector<Contestant> out;
    for (const L1Peer &peer : l1Peers()) {
        const QString name = QString::fromUtf8(peer.name.data(), qsizetype(peer.name.size()));
        out.push_back(ownContestant(name, QStringList{what, name} + arguments));
    }
    const QString java = QStringLiteral(INSITECACHE_PEERS_JAVA);
    if (java.isEmpty())
        return out;
    const QStringList program{
        QStringLiteral("-cp"), QStringLiteral(INSITECACHE_PEERS_CLASSPATH), QStringLiteral("CaffeinePeer"), what};
    out.push_back({QStringLiteral("caffeine"), QStringList{java} + javaOptions + program + arguments});
    return out;
}

} // namespace

std::vector<Contestant> speedContestants(const QString &workloadFile)
{
    return l1Contestants(QStringLiteral("speed"), {workloadFile}, {QStringLiteral("-Xmx4g")});
}

std::vector<Contestant> memoryContestants()
{
    // As little free heap as the virtual machine knows to keep.
    return l1Contestants(QStringLiteral("memory"), {},
        {QStringLiteral("-XX:+UseSerialGC"), QStringLiteral("-XX:MinHeapFreeRatio=1"),
            QStringLiteral("-XX:MaxHeapFreeRatio=2"), QStringLiteral("-Xmx4g")});
}

std::vector<Contestant> tieredContestants(const std::string &redisUrl)
{
    const QString url = QString::fromStdString(redisUrl);
    std::vector<Contestant> out{ownContestant(QStringLiteral("insitecache"), {QStringLiteral("tiers"), url}),
        ownContestant(QStringLiteral("hiredis"), {QStringLiteral("hiredis"), url})};
    const QString script = QStringLiteral(INSITECACHE_PEERS_NODE_FOLDER "/tieredpeer.mjs");
    if (QFileInfo::exists(QStringLiteral(INSITECACHE_PEERS_NODE_FOLDER "/node_modules")))
        out.push_back({QStringLiteral("bentocache"), {QStringLiteral("node"), script, url}});
    return out;
}

} // namespace insitecache::bench
