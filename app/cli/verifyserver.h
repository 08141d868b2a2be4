// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <insitecache/base/random.h>
#include <insitecache/tiers/privateredis.h>

#include "cli/verifyplan.h"
#include "cli/verifyrelay.h"

namespace insitecache {

/// The Redis of a run, and everything that may go wrong with it. Main thread only.
class VerifyServer {
public:
    /// With a relay in between where faults are to be made, so that a new server is found at the old place.
    /// Errors: as PrivateRedis::start(), Io.
    static Result<std::unique_ptr<VerifyServer>> start(const std::string &directory, bool withRelay);

    const std::string &url() const { return m_url; }
    void begin(VerifyFault fault);
    Status heal(VerifyFault fault);

private:
    std::string m_directory, m_url;
    std::unique_ptr<PrivateRedis> m_redis;
    std::unique_ptr<VerifyRelay> m_relay;
};

/// One thing that goes wrong for a while. Times in seconds since the start of the run.
struct VerifyFaultTime {
    VerifyFault fault;
    double from, to;
};
/// One after the other at random moments, the last one healed before the end.
std::vector<VerifyFaultTime> planFaults(const std::vector<VerifyFault> &faults, double seconds, Random &random);

} // namespace insitecache
