// SPDX-License-Identifier: GPL-3.0-or-later
#include "contest.h"

#include <cstdio>
#include <optional>

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

namespace insitecache::bench {

namespace {

std::optional<Figures> measureOnce(const Contestant &contestant)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(contestant.command.first(), contestant.command.mid(1));
    process.waitForFinished(-1);
    if (process.error() != QProcess::UnknownError || process.exitCode() != 0)
        return std::nullopt;
    Figures out;
    const QJsonObject printed = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    for (auto it = printed.begin(); it != printed.end(); ++it)
        out.emplace(it.key().toStdString(), it->toDouble());
    return out.empty() ? std::nullopt : std::optional(out);
}

} // namespace

std::vector<Record> compete(const std::vector<Contestant> &contestants, int rounds, bool &allRan)
{
    std::vector<Record> records;
    for (const Contestant &contestant : contestants)
        records.push_back({contestant.name, {}});
    for (int round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < contestants.size(); ++i) {
            const std::size_t turn = (i + std::size_t(round)) % contestants.size();
            std::fprintf(stderr, "round %d of %d: %s\n", round + 1, rounds, qPrintable(contestants[turn].name));
            const auto figures = measureOnce(contestants[turn]);
            if (!figures) {
                std::fprintf(stderr, "%s did not run\n", qPrintable(contestants[turn].command.join(QLatin1Char(' '))));
                allRan = false;
                continue;
            }
            for (const auto &[name, value] : *figures)
                records[turn].values[name].push_back(value);
        }
    }
    return records;
}

} // namespace insitecache::bench
