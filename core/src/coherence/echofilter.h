// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>

#include <insitecache/base/clock.h>
#include <insitecache/base/selector.h>

namespace insitecache {

/// Where this process hears of what others did.
enum class HeardFrom { Stream, Database };

/// Two logs tell of what a process did that shares Redis and the database with this one, or only one of them, when the
/// other could not be reached, and the pieces may differ. This tells what is new: what the other log has not told of
/// within the last ten seconds, per process and key.
/// Bounded: with too much to remember it forgets, and something may be told twice. Cache thread only.
class EchoFilter {
public:
    explicit EchoFilter(const Clock &clock) : m_clock(clock) {}

    /// What of it has not been told yet; nothing when all of it has.
    std::optional<Selector> newOf(const std::string &origin, const Selector &which, HeardFrom from);

private:
    struct Told {
        HeardFrom from;
        int times;
        SteadyTime last;
    };
    bool isEcho(const std::string &name, HeardFrom from);

    const Clock &m_clock;
    std::map<std::string, Told> m_told; ///< what only one log has told of so far
};

} // namespace insitecache
