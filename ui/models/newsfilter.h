// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <vector>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// Which events are worth interrupting somebody who is not looking: alerts, and that they are over. Of one target not
/// more than one alert a minute, so that what flaps is told of once; the end only of what was told. GUI thread.
class NewsFilter {
public:
    /// Those that came since the last call.
    std::vector<EventPtr> take(const Snapshot &snapshot);

private:
    bool isDue(const Event &event);

    struct Told {
        WallTime last{};
        bool open = false;
    };
    std::map<std::string, Told> m_told; ///< by target
    std::uint64_t m_seen = 0;
};

} // namespace insitecache
