// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include <QString>

#include <insitecache/monitor/workload.h>

/// Workloads worth a name, and the scale of the rate slider. Pure functions.
namespace insitecache {

struct WorkloadPreset {
    QString name;
    WorkloadSpec spec;
};
std::vector<WorkloadPreset> workloadPresets();

/// The slider's steps are even on a logarithmic scale: 1 … 5,000 a second.
inline constexpr int rateSteps = 1000;
double rateOfStep(int step);
int stepOfRate(double rate);

/// The share of all lookups that the ten most popular of `keys` keys get under Zipf's law.
double topTenShare(double zipf, int keys);

/// The five parts of the mix by name, in the order of the sliders.
struct MixPart {
    const char *type;
    double WorkloadSpec::*part;
};
const std::array<MixPart, 5> &mixParts();

/// Whole percents that sum to 100, by largest remainder.
std::array<int, 5> mixPercents(const WorkloadSpec &spec);

} // namespace insitecache
