// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// Notices when a tier goes down or comes back, and how long it was gone. A tier that has not been up yet gets three
/// seconds to connect before it is news. GUI thread.
class TierWatch {
public:
    struct Change {
        Stage stage = Stage::L1;
        bool up = true;
        Millis gone{};  ///< when up again; zero when unknown
        QString detail; ///< plain text, one line
    };
    std::vector<Change> add(const Snapshot &snapshot);

private:
    struct Known {
        bool wasUp = false, told = false;
        std::optional<WallTime> downSince;
    };
    Known m_known[tierCount];
};

} // namespace insitecache
