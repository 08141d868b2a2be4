// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyrelay.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace insitecache {

namespace {

constexpr int relayTick = 20; ///< milliseconds until a cut is noticed
constexpr std::size_t relayChunk = 64u << 10;

sockaddr_un addressOf(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
}

} // namespace

/// Bytes on their way from one socket to another.
struct VerifyRelay::Lane {
    int from, to;
    std::string waiting{};

    /// False when one end is gone.
    bool take()
    {
        std::array<char, relayChunk> bytes;
        const ssize_t count = ::recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count <= 0)
            return count < 0 && (errno == EAGAIN || errno == EINTR);
        waiting.assign(bytes.data(), static_cast<std::size_t>(count));
        return give();
    }
    bool give()
    {
        const ssize_t count = ::send(to, waiting.data(), waiting.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        waiting.erase(0, static_cast<std::size_t>(count));
        return true;
    }
    bool move(short fromEvents, short toEvents)
    {
        if (!waiting.empty())
            return (toEvents & (POLLOUT | POLLERR | POLLHUP)) == 0 || give();
        return (fromEvents & (POLLIN | POLLERR | POLLHUP)) == 0 || take();
    }
};

struct VerifyRelay::Link {
    int client, server;
    Lane up{client, server}, down{server, client};

    Link(int clientSocket, int serverSocket) : client(clientSocket), server(serverSocket) {}
    ~Link()
    {
        ::close(client);
        ::close(server);
    }
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    void addTo(std::vector<pollfd> &polled) const
    {
        const auto events = [](const Lane &in, const Lane &out) {
            return static_cast<short>((in.waiting.empty() ? POLLIN : 0) | (out.waiting.empty() ? 0 : POLLOUT));
        };
        polled.push_back({client, events(up, down), 0});
        polled.push_back({server, events(down, up), 0});
    }
    bool move(short clientEvents, short serverEvents)
    {
        return up.move(clientEvents, serverEvents) && down.move(serverEvents, clientEvents);
    }
};

Result<std::unique_ptr<VerifyRelay>> VerifyRelay::start(const std::string &path)
{
    auto relay = std::make_unique<VerifyRelay>();
    relay->m_listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const sockaddr_un address = addressOf(path);
    if (::bind(relay->m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0
        || ::listen(relay->m_listener, 64) != 0)
        return fail(ErrorCode::Io, "the relay to Redis cannot listen on " + path + ": " + std::strerror(errno),
            "use a shorter directory for temporary files (TMPDIR)");
    relay->m_thread = std::thread([raw = relay.get()] { raw->run(); });
    return relay;
}

VerifyRelay::~VerifyRelay()
{
    m_stopping = true;
    if (m_thread.joinable())
        m_thread.join();
    if (m_listener >= 0)
        ::close(m_listener);
}

void VerifyRelay::leadTo(const std::string &path)
{
    const std::lock_guard lock(m_mutex);
    m_target = path;
}

void VerifyRelay::run()
{
    while (!m_stopping) {
        if (m_cut)
            m_links.clear();
        watch(relayTick);
    }
    m_links.clear();
}

// While it is cut, and while no server is there, whoever connects is sent away.
void VerifyRelay::accept()
{
    const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0)
        return;
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto link = std::make_unique<Link>(client, server);
    sockaddr_un address{};
    {
        const std::lock_guard lock(m_mutex);
        address = addressOf(m_target);
    }
    if (!m_cut && ::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        m_links.push_back(std::move(link));
}

void VerifyRelay::watch(int milliseconds)
{
    std::vector<pollfd> polled{{m_listener, POLLIN, 0}};
    for (const auto &link : m_links)
        link->addTo(polled);
    if (::poll(polled.data(), polled.size(), milliseconds) <= 0)
        return;
    std::size_t place = 1;
    std::erase_if(m_links, [&](const auto &link) {
        const short client = polled[place].revents, server = polled[place + 1].revents;
        place += 2;
        return !link->move(client, server);
    });
    if (polled[0].revents)
        accept();
}

} // namespace insitecache
