// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QStringList>

#include "figures.h"

namespace insitecache::bench {

/// A peer as a command that measures once and prints its figures as one JSON object.
struct Contestant {
    QString name;
    QStringList command;
};

/// The figures of one contestant, from each round in which it measured.
struct Record {
    QString name;
    std::map<std::string, std::vector<double>> values;
};

/// In every round each contestant once, in a process of its own, each round begun by the next one: so what the machine
/// does beside falls on all of them alike. Blocks. A contestant that fails is named on standard error; `allRan` says
/// whether there was none.
std::vector<Record> compete(const std::vector<Contestant> &contestants, int rounds, bool &allRan);

} // namespace insitecache::bench
