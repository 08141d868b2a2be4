// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>

#include <insitecache/base/random.h>
#include <insitecache/sources/demoupstream.h>

namespace insitecache {

/// How badly the demo upstream behaves now. Values out of range are taken as the nearest that makes sense.
/// Threads: behaviour() and set() from any; the others on the thread that answers.
class DemoFaults {
public:
    DemoFaults(const DemoBehaviour &behaviour, std::uint64_t seed);

    DemoBehaviour behaviour() const;
    void set(const DemoBehaviour &behaviour);

    /// Log-normal around the median, at most `longestDelay`.
    Millis nextDelay();
    /// Is the next answer a 503?
    bool nextFails();

    static constexpr Millis longestDelay{30'000};

private:
    mutable std::mutex m_mutex;
    DemoBehaviour m_behaviour;
    std::unique_ptr<Random> m_random;
};

} // namespace insitecache
