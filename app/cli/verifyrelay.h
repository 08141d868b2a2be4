// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <insitecache/base/error.h>

namespace insitecache {

/// The wire between the processes of a run and its Redis: a unix socket that passes everything on to another one, until
/// it is cut. Runs on a thread of its own; any thread may call.
class VerifyRelay {
public:
    /// Errors: Io.
    static Result<std::unique_ptr<VerifyRelay>> start(const std::string &path);
    ~VerifyRelay();

    /// Where new connections lead.
    void leadTo(const std::string &path);
    /// Ends every connection; nobody gets through until join().
    void cut() { m_cut = true; }
    void join() { m_cut = false; }

private:
    struct Lane;
    struct Link;
    void run();
    void accept();
    void watch(int milliseconds);

    int m_listener = -1;
    std::atomic<bool> m_stopping{false}, m_cut{false};
    std::mutex m_mutex; ///< guards m_target
    std::string m_target;
    std::vector<std::unique_ptr<Link>> m_links;
    std::thread m_thread;
};

} // namespace insitecache
