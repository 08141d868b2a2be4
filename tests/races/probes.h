// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <thread>

#include <insitecache/tiers/tier.h>

namespace insitecache::test {

/// Stops one thread of the probed library where it comes to syncPoint(name, stage) next, once. The gate must exist
/// before the thread comes there. With the cache thread of one engine stopped, another engine can overtake it: that is
/// how two processes race. Used by the thread of the test.
class SyncGate {
public:
    SyncGate(std::thread::id thread, const char *name, Stage stage);
    /// Opens.
    ~SyncGate();
    SyncGate(const SyncGate &) = delete;
    SyncGate &operator=(const SyncGate &) = delete;

    /// False when the thread does not come within 20 s.
    bool isReached() const;
    void open();

private:
    struct Gate;
    friend struct SyncGates;
    std::shared_ptr<Gate> m_gate;
};

/// From now on every `every`th thread that comes to that point stays there for a while, so that others get in between.
void dwellAt(const char *name, Stage stage, int every, int milliseconds);

} // namespace insitecache::test
