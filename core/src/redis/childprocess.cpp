// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/childprocess.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace insitecache {

namespace {

constexpr auto timeToEnd = std::chrono::seconds(1);

// Between fork and exec only what is safe in a signal handler: other threads may have held any lock.
[[noreturn]] void becomeProgram(pid_t parent, char *const *arguments, int nothing)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(127);
    setsid();
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int fd = 0; fd <= 2; ++fd)
        dup2(nothing, fd);
    close_range(3, ~0u, 0);
    execv(arguments[0], arguments);
    _exit(127);
}

} // namespace

ChildProcess::ChildProcess(std::vector<std::string> words)
{
    std::promise<pid_t> started;
    std::promise<void> ended;
    auto pid = started.get_future();
    m_ended = ended.get_future().share();
    m_thread = std::thread(
        [this, words = std::move(words), started = std::move(started), ended = std::move(ended)]() mutable {
            runChild(words, std::move(started), std::move(ended));
        });
    m_pid = pid.get();
}

void ChildProcess::runChild(
    const std::vector<std::string> &words, std::promise<pid_t> started, std::promise<void> ended)
{
    std::vector<char *> arguments;
    for (const std::string &word : words)
        arguments.push_back(const_cast<char *>(word.c_str()));
    arguments.push_back(nullptr);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0)
        becomeProgram(parent, arguments.data(), nothing);
    close(nothing);
    started.set_value(pid);
    while (pid > 0 && waitid(P_PID, static_cast<id_t>(pid), nullptr, WEXITED | WNOWAIT) < 0 && errno == EINTR) {}
    ended.set_value();
}

bool ChildProcess::endsWithin(std::chrono::milliseconds limit) const
{
    return m_ended.wait_for(limit) == std::future_status::ready;
}

// The child stays a zombie until here, so its number cannot come to mean somebody else.
ChildProcess::~ChildProcess()
{
    if (m_pid > 0) {
        kill(m_pid, SIGTERM);
        if (!endsWithin(timeToEnd))
            kill(m_pid, SIGKILL);
    }
    m_thread.join();
    if (m_pid > 0)
        waitpid(m_pid, nullptr, 0);
}

} // namespace insitecache
