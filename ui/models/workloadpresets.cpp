// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workloadpresets.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <QCoreApplication>

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class WorkloadWords {
    Q_DECLARE_TR_FUNCTIONS(Workload)
};

constexpr double highestRate = 5000;
constexpr int popularKeys = 10;

WorkloadSpec makeWorkload(double rate, double zipf, int keys)
{
    WorkloadSpec spec;
    spec.rate = rate;
    spec.zipf = zipf;
    spec.keys = keys;
    return spec;
}

WorkloadSpec newsWorkload()
{
    WorkloadSpec spec = makeWorkload(800, 2.0, 200);
    spec.stock = 60;
    spec.sentiment = 30;
    spec.search = 10;
    spec.trending = spec.user = 0;
    return spec;
}

/// Σ 1/r^s for r = 1 … n; beyond a thousand terms the integral is as good.
double zipfMass(double s, int n)
{
    constexpr int summed = 1000;
    double sum = 0;
    for (int rank = 1; rank <= std::min(n, summed); ++rank)
        sum += std::pow(rank, -s);
    if (n <= summed)
        return sum;
    const double from = summed + 0.5, to = n + 0.5;
    return sum
        + (std::abs(s - 1) < 1e-9 ? std::log(to / from) : (std::pow(to, 1 - s) - std::pow(from, 1 - s)) / (1 - s));
}

} // namespace

std::vector<WorkloadPreset> workloadPresets()
{
    return {{WorkloadWords::tr("Ordinary day"), WorkloadSpec{}},
        {WorkloadWords::tr("Market opens"), makeWorkload(2000, 1.1, 1000)},
        {WorkloadWords::tr("Breaking news"), newsWorkload()},
        {WorkloadWords::tr("Long tail"), makeWorkload(300, 0.3, 100'000)}};
}

double rateOfStep(int step)
{
    const double rate = std::pow(highestRate, double(std::clamp(step, 0, rateSteps)) / rateSteps);
    // Two digits are enough, and read better.
    const double digit = std::pow(10.0, std::max(0.0, std::floor(std::log10(rate)) - 1));
    return std::round(rate / digit) * digit;
}

int stepOfRate(double rate)
{
    return static_cast<int>(
        std::lround(std::log(std::clamp(rate, 1.0, highestRate)) / std::log(highestRate) * rateSteps));
}

double topTenShare(double zipf, int keys)
{
    return zipfMass(zipf, std::min(keys, popularKeys)) / zipfMass(zipf, std::max(keys, 1));
}

const std::array<MixPart, 5> &mixParts()
{
    static const std::array<MixPart, 5> parts{{{"stock", &WorkloadSpec::stock}, {"search", &WorkloadSpec::search},
        {"sentiment", &WorkloadSpec::sentiment}, {"trending", &WorkloadSpec::trending}, {"user", &WorkloadSpec::user}}};
    return parts;
}

std::array<int, 5> mixPercents(const WorkloadSpec &spec)
{
    double sum = 0;
    for (const MixPart &part : mixParts())
        sum += spec.*part.part;
    std::array<int, 5> percents{};
    if (sum <= 0)
        return percents;
    std::array<double, 5> left{};
    for (std::size_t i = 0; i < percents.size(); ++i) {
        const double exact = spec.*mixParts()[i].part * 100.0 / sum;
        percents[i] = static_cast<int>(exact);
        left[i] = exact - percents[i];
    }
    for (int missing = 100 - std::accumulate(percents.begin(), percents.end(), 0); missing > 0; --missing) {
        const auto largest = std::max_element(left.begin(), left.end());
        ++percents[static_cast<std::size_t>(largest - left.begin())];
        *largest = -1;
    }
    return percents;
}

} // namespace insitecache
