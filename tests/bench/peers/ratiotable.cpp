// SPDX-License-Identifier: GPL-3.0-or-later
#include "ratiotable.h"

#include <algorithm>

#include "spread.h"

namespace insitecache::bench {

namespace {

struct RatioTitle {
    const char *title;
    const char *figure;
    const char *peer;
    const char *peersFigure;
};

constexpr RatioTitle ratioTitles[] = {
    {"L1 hits through the coordinator, of bare L1's", "l1.tiered", "insitecache", "l1.bare"},
    {"L2 hits one at a time, of hiredis' GETs", "one", "hiredis", "one"},
    {"   through lookup()", "future", "hiredis", "one"},
    {"   asked on the cache thread", "loop", "hiredis", "one"},
    {"64 lookups under way, of bentocache's", "flight64", "bentocache", "flight64"},
    {"   in calls of 64 keys", "batch64", "bentocache", "flight64"},
    {"calls of 64 keys, of hiredis' pipelines of 64", "batch64", "hiredis", "batch64"},
};

const std::vector<double> *valuesOf(const std::vector<Record> &records, const char *peer, const char *figure)
{
    const auto record = std::find_if(
        records.begin(), records.end(), [&](const Record &each) { return each.name == QLatin1String(peer); });
    if (record == records.end())
        return nullptr;
    const auto found = record->values.find(figure);
    return found == record->values.end() ? nullptr : &found->second;
}

} // namespace

std::string ratiosOf(const std::vector<Record> &records)
{
    QString out;
    for (const RatioTitle &title : ratioTitles) {
        const auto *ours = valuesOf(records, "insitecache", title.figure);
        const auto *theirs = valuesOf(records, title.peer, title.peersFigure);
        if (!ours || !theirs || ours->size() != theirs->size())
            continue;
        std::vector<double> ratios;
        std::transform(ours->begin(), ours->end(), theirs->begin(), std::back_inserter(ratios), std::divides<>());
        const Spread spread = spreadOf(std::move(ratios));
        const auto shown = [](double ratio) { return QString::number(ratio, 'f', 2); };
        out += QStringLiteral("    %1 %2   %3 … %4\n")
                   .arg(QLatin1String(title.title), -50)
                   .arg(shown(spread.median), 6)
                   .arg(shown(spread.lowest), shown(spread.highest));
    }
    return out.isEmpty() ? std::string() : "Ratios\n" + out.toStdString();
}

} // namespace insitecache::bench
