// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

namespace insitecache {

/// A mutex for what takes less than a microsecond: whoever finds it taken looks again for about as long before going to
/// sleep, which takes several and costs the owner a call to the system as well.
/// For std::lock_guard. Threads: any. Standard C++ only.
class BriefMutex {
public:
    void lock()
    {
        for (int tries = 0; tries < spins; ++tries) {
            if (m_mutex.try_lock())
                return;
            pause();
        }
        m_mutex.lock();
    }
    void unlock() { m_mutex.unlock(); }

private:
    static constexpr int spins = 50;

    static void pause()
    {
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        asm volatile("yield");
#endif
    }

    std::mutex m_mutex;
};

} // namespace insitecache
