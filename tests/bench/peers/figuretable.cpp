// SPDX-License-Identifier: GPL-3.0-or-later
#include "figuretable.h"

#include <algorithm>

#include <QJsonArray>

#include "spread.h"

namespace insitecache::bench {

namespace {

struct FigureTitle {
    const char *name;
    const char *title;
    double unit; ///< divides what is shown
    int decimals;
};

constexpr FigureTitle figureTitles[] = {
    {"hit.1", "reads that hit, 1 thread, Mops/s", 1e6, 2},
    {"hit.1.cpu", "   ns of processor for each", 1, 0},
    {"hit.2", "reads that hit, 2 threads, Mops/s", 1e6, 2},
    {"hit.2.cpu", "   ns of processor for each", 1, 0},
    {"hit.ratio", "   hit ratio", 1, 4},
    {"mix.1", "3 reads to 1 write, 1 thread, Mops/s", 1e6, 2},
    {"mix.1.cpu", "   ns of processor for each", 1, 0},
    {"mix.2", "3 reads to 1 write, 2 threads, Mops/s", 1e6, 2},
    {"mix.2.cpu", "   ns of processor for each", 1, 0},
    {"mix.ratio", "   hit ratio of the reads, 1 thread", 1, 4},
    {"through.1", "read-through, 1 thread, Mops/s", 1e6, 2},
    {"through.1.cpu", "   ns of processor for each", 1, 0},
    {"through.2", "read-through, 2 threads, Mops/s", 1e6, 2},
    {"through.2.cpu", "   ns of processor for each", 1, 0},
    {"through.ratio", "   hit ratio, 1 thread", 1, 4},
    {"bytes", "bytes of the process beyond key and value, per entry of a million", 1, 1},
    {"l1.bare", "L1 hits, 1 thread, Mops/s", 1e6, 2},
    {"l1.tiered", "   through the coordinator, Mops/s", 1e6, 2},
    {"one", "L2 hit with promotion, one at a time, kops/s", 1e3, 2},
    {"one.cpu", "   us of processor for each, without Redis", 1e3, 2},
    {"future", "   through lookup(), kops/s", 1e3, 2},
    {"future.cpu", "   us of processor for each, without Redis", 1e3, 2},
    {"loop", "   asked on the cache thread, kops/s", 1e3, 2},
    {"loop.cpu", "   us of processor for each, without Redis", 1e3, 2},
    {"flight64", "L2 hit with promotion, 64 lookups under way, kops/s", 1e3, 2},
    {"flight64.cpu", "   us of processor for each, without Redis", 1e3, 2},
    {"batch64", "L2 hit with promotion, calls of 64 keys, kkeys/s", 1e3, 2},
    {"batch64.cpu", "   us of processor for each, without Redis", 1e3, 2},
    {"future64", "   through lookup(), kkeys/s", 1e3, 2},
    {"future64.cpu", "   us of processor for each, without Redis", 1e3, 2},
};

template <class Visit>
void forEachPeer(const std::vector<Record> &records, const FigureTitle &figure, Visit visit)
{
    for (const Record &record : records) {
        if (const auto found = record.values.find(figure.name); found != record.values.end())
            visit(record.name, found->second);
    }
}

} // namespace

std::string tableOf(const std::vector<Record> &records)
{
    QString out;
    for (const FigureTitle &figure : figureTitles) {
        QString rows;
        forEachPeer(records, figure, [&](const QString &name, const std::vector<double> &values) {
            const Spread spread = spreadOf(values);
            const auto shown = [&](double value) { return QString::number(value / figure.unit, 'f', figure.decimals); };
            rows += QStringLiteral("    %1%2   %3 … %4\n")
                        .arg(name, -22)
                        .arg(shown(spread.median), 9)
                        .arg(shown(spread.lowest), shown(spread.highest));
        });
        if (!rows.isEmpty())
            out += QString::fromUtf8(figure.title) + QLatin1Char('\n') + rows;
    }
    return out.toStdString();
}

QJsonObject jsonOf(const std::vector<Record> &records)
{
    QJsonObject out;
    for (const FigureTitle &figure : figureTitles) {
        QJsonObject peers;
        forEachPeer(records, figure, [&](const QString &name, const std::vector<double> &values) {
            const Spread spread = spreadOf(values);
            QJsonArray all;
            std::copy(values.begin(), values.end(), std::back_inserter(all));
            peers[name]
                = QJsonObject{{QStringLiteral("median"), spread.median}, {QStringLiteral("lowest"), spread.lowest},
                    {QStringLiteral("highest"), spread.highest}, {QStringLiteral("values"), all}};
        });
        if (!peers.isEmpty())
            out[QLatin1String(figure.name)] = QJsonObject{
                {QStringLiteral("title"), QString::fromUtf8(figure.title).trimmed()}, {QStringLiteral("peers"), peers}};
    }
    return out;
}

} // namespace insitecache::bench
