// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace insitecache {

/// A program that ends with this object, and also when this process is killed.
///
/// The kernel ties PR_SET_PDEATHSIG to the thread that forked, not to the process; so the fork happens in a thread of
/// our own that lives as long as the child.
/// Threads: the object belongs to no thread, but only one may use it at a time.
class ChildProcess {
public:
    /// `words`: the program's absolute path, then its arguments. It gets no input, no output, no open files, a session
    /// of its own (so that a Ctrl+C is not for it).
    explicit ChildProcess(std::vector<std::string> words);
    /// Asks it to end, and ends it after a second.
    ~ChildProcess();
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;

    /// False when no process could be made.
    bool hasStarted() const { return m_pid > 0; }
    pid_t pid() const { return m_pid; }
    /// Waits until it has ended, at most `limit`.
    bool endsWithin(std::chrono::milliseconds limit) const;

private:
    void runChild(const std::vector<std::string> &words, std::promise<pid_t> started, std::promise<void> ended);

    pid_t m_pid = -1;
    std::shared_future<void> m_ended;
    std::thread m_thread;
};

} // namespace insitecache
