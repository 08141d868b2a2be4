// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/eventdispatcher.h"

#include <algorithm>
#include <exception>
#include <optional>

namespace insitecache {

namespace {

constexpr auto farewellLimit = std::chrono::seconds(1);

/// Whether two descriptions can have a key in common, as far as their literal starts tell.
bool mayMeet(const std::string &one, const std::string &other)
{
    return one.starts_with(other) || other.starts_with(one);
}

/// The event as a subscriber to that pattern sees it, nothing when it is none of its business.
std::optional<CacheEvent> eventFor(const CacheEvent &event, const Glob &pattern)
{
    const auto *named = event.scope.namedKeys();
    const std::vector<CacheKey> &known = named ? *named : event.keys;
    CacheEvent mine{event.kind, event.scope, {}, event.remote, event.reason, event.time};
    std::copy_if(known.begin(), known.end(), std::back_inserter(mine.keys),
        [&](const CacheKey &key) { return pattern.matches(key.text()); });
    if (mine.keys.empty() && (named || !mayMeet(event.scope.literalPrefix(), pattern.literalPrefix())))
        return std::nullopt;
    if (named)
        mine.scope = Selector::keys(mine.keys);
    return mine;
}

} // namespace

std::uint64_t EventDispatcher::add(Glob pattern, Receiver receiver)
{
    const std::lock_guard lock(m_mutex);
    const std::uint64_t id = ++m_lastId;
    if (m_closing)
        return id;
    m_turns.push_back(std::make_shared<Listener>(Listener{id, std::move(pattern), std::move(receiver)}));
    m_listeners = m_turns.size();
    if (!m_thread.joinable())
        m_thread = std::thread([this] { run(); });
    return id;
}

void EventDispatcher::remove(std::uint64_t id)
{
    ListenerPtr gone; // destroyed without the lock: what the callback holds may do anything
    std::unique_lock lock(m_mutex);
    const auto found = std::find_if(m_turns.begin(), m_turns.end(), [id](const auto &one) { return one->id == id; });
    if (found != m_turns.end()) {
        gone = std::move(*found);
        m_turns.erase(found);
    }
    m_listeners = m_turns.size();
    if (std::this_thread::get_id() != m_thread.get_id())
        m_delivered.wait(lock, [&] { return m_running != id; });
    lock.unlock();
}

void EventDispatcher::publish(const CacheEvent &event)
{
    if (!isListenedTo())
        return;
    const std::lock_guard lock(m_mutex);
    if (m_closing)
        return;
    for (const ListenerPtr &listener : m_turns) {
        if (auto mine = eventFor(event, listener->pattern))
            queue(*listener, std::move(*mine));
    }
    m_wake.notify_one();
}

void EventDispatcher::queue(Listener &listener, CacheEvent event)
{
    const std::size_t keys = listener.queuedKeys + event.keys.size();
    if (event.kind == CacheEvent::Kind::Missed || listener.queue.size() >= maxEvents || keys > maxKeys) {
        CacheEvent missed;
        missed.kind = CacheEvent::Kind::Missed;
        missed.remote = event.remote;
        missed.time = event.time;
        listener.queue.clear();
        listener.queuedKeys = 0;
        listener.queue.push_back(std::move(missed));
        return;
    }
    listener.queuedKeys = keys;
    listener.queue.push_back(std::move(event));
}

/// Whoever is served goes to the end.
EventDispatcher::ListenerPtr EventDispatcher::nextWaiting()
{
    const auto found
        = std::find_if(m_turns.begin(), m_turns.end(), [](const ListenerPtr &one) { return !one->queue.empty(); });
    if (found == m_turns.end())
        return nullptr;
    m_turns.splice(m_turns.end(), m_turns, found);
    return m_turns.back();
}

void EventDispatcher::run()
{
    std::optional<std::chrono::steady_clock::time_point> deadline;
    std::unique_lock lock(m_mutex);
    while (true) {
        ListenerPtr next;
        m_wake.wait(lock, [&] { return (next = nextWaiting()) || m_closing; });
        if (m_closing && !deadline)
            deadline = std::chrono::steady_clock::now() + farewellLimit;
        if (!next || (deadline && std::chrono::steady_clock::now() > *deadline))
            return;
        const CacheEvent event = std::move(next->queue.front());
        next->queue.pop_front();
        next->queuedKeys -= event.keys.size();
        m_running = next->id;
        lock.unlock();
        deliver(*next, event);
        next.reset();
        lock.lock();
        m_running = 0;
        m_delivered.notify_all();
    }
}

void EventDispatcher::deliver(Listener &listener, const CacheEvent &event)
{
    std::string what = "something that is no exception";
    try {
        return listener.receiver(event);
    } catch (const std::exception &error) {
        what = error.what();
    } catch (...) {}
    if (!std::exchange(listener.hasThrown, true))
        m_complain(
            "a subscriber to " + listener.pattern.pattern() + " threw " + what + "; it is called again all the same");
}

void EventDispatcher::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

} // namespace insitecache
