// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <ctime>

#include "figures.h"

namespace insitecache::bench {

/// Time from its making on, as two figures: `name`, operations a second by the clock on the wall, and `name`.cpu, the
/// nanoseconds of processor that this process took for each, all of its threads together. The second says more where
/// the machine is busy, the first where threads wait for each other.
class Stopwatch {
public:
    void record(Figures &out, const std::string &name, double operations) const
    {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - m_started;
        const double processor = double(std::clock() - m_processorBefore) / CLOCKS_PER_SEC;
        out[name] = operations / wall.count();
        out[name + ".cpu"] = processor * 1e9 / operations;
    }

private:
    std::clock_t m_processorBefore = std::clock();
    std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
};

} // namespace insitecache::bench
