// SPDX-License-Identifier: GPL-3.0-or-later
#include "races.h"

#include <QRegularExpression>

namespace insitecache::layering {

namespace {

/// In the order of their numbers, from 1.
constexpr const char *knownRaces[] = {
    "a load is under way while its key is invalidated",
    "a value from L2 is promoted after the invalidation passed",
    "a value from L3 gets into an L2 that was emptied already",
    "an invalidation overtakes the answer on the other connection",
    "invalidations are missed while the connection is down",
    "the log of invalidations is gone, or shorter than the cursor",
    "a Redis that restarts brings deleted values back",
    "a replica that lacks the last writes takes over",
    "Redis evicts what the protocol relies on",
    "a full Redis refuses the invalidation itself",
    "a write behind is lost in a crash",
    "writes behind arrive out of order, or twice",
    "a refresh brings a deleted key back",
    "a refresh overtakes a newer write",
    "of two writers the older one wins in one tier",
    "the clocks of two machines differ, or jump",
    "a promotion lengthens a life",
    "many want one key in one process",
    "many processes want one key",
    "many keys expire in one moment",
    "everything is loaded at once after an outage",
    "a copy cannot be decoded, again and again",
    "a repair does nothing, or too much",
    "a database does not notice that a value rotted",
    "dependencies in circles, diamonds and fans",
    "a dependency is added while its parent falls",
    "a dependency that only another process knows",
    "a tier fails during an invalidation",
    "a tier comes back with what was invalidated meanwhile",
    "a late answer is taken for that of another key",
    "a remembered absence hides a new key",
    "a stale copy is served after its invalidation",
    "the process ends in the middle",
};

} // namespace

Findings checkRaces(const SourceTree &tree)
{
    static const QRegularExpression test(QStringLiteral("^    void race(\\d\\d)_\\w+(?<!_data)\\(\\)$"));
    std::set<int> tested;
    for (const SourceFile &file : tree.files()) {
        if (!file.isIn(QStringLiteral("tests")))
            continue;
        for (const QString &line : file.lines) {
            if (const auto match = test.match(line); match.hasMatch())
                tested.insert(match.captured(1).toInt());
        }
    }
    Findings out;
    for (int number = 1; number <= static_cast<int>(std::size(knownRaces)); ++number) {
        if (tested.count(number) == 0)
            out.push_back({QStringLiteral("race"), QStringLiteral("tests"), 0,
                QStringLiteral("no test is called race%1_…: %2")
                    .arg(number, 2, 10, QLatin1Char('0'))
                    .arg(QString::fromUtf8(knownRaces[number - 1]))});
    }
    return out;
}

} // namespace insitecache::layering
