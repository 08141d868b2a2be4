// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace insitecache {

/// The rules of the coherence protocol that a test can switch off, to see that it notices.
enum class Protection : std::uint8_t {
    Tick,     ///< L1 and L3 refuse what was loaded before an invalidation
    Lease,    ///< L2 stores only for the holder of the lease
    Order,    ///< an invalidation goes from the deepest tier up
    GapFlush, ///< where a log may have lost entries, L1 is dropped whole
    Outbox,   ///< a removal that failed is owed
    Checksum, ///< a copy is believed only when its checksum fits
};

/// Places where tests of races stop a thread, and rules that they switch off. Both are there only in the library that
/// those tests link (INSITECACHE_PROBED, tests/races/probes.h); everywhere else a point is nothing and every rule is
/// on. Any thread.
#ifdef INSITECACHE_PROBED
void syncPoint(const char *name, int place);
bool isOn(Protection protection);
#else
inline constexpr void syncPoint(const char *, int) {}
inline constexpr bool isOn(Protection)
{
    return true;
}
#endif

/// `stage` is the tier that the point is about.
template <class Stage>
constexpr void syncPoint(const char *name, Stage stage)
{
    syncPoint(name, static_cast<int>(stage));
}

} // namespace insitecache
