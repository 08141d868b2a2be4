// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include <insitecache/coherence/subscription.h>

namespace insitecache {

/// Brings events to subscribers, on a thread of its own that starts with the first of them. Each has a queue, and they
/// take turns, one event each; one that keeps the thread busy delays the others but never whoever publishes.
///
/// A queue is bounded: when it is full, all of it is replaced by one event that says so.
/// Any thread. Standard C++ only.
class EventDispatcher {
public:
    static constexpr std::size_t maxEvents = 10'000; ///< that wait for one subscriber
    static constexpr std::size_t maxKeys = 500'000;  ///< in these events
    using Receiver = std::function<void(const CacheEvent &)>;

    /// `complain` is told once of each subscriber that throws.
    explicit EventDispatcher(std::function<void(const std::string &)> complain) : m_complain(std::move(complain)) {}
    ~EventDispatcher() { close(); }

    std::uint64_t add(Glob pattern, Receiver receiver);
    /// See Subscription.
    void remove(std::uint64_t id);
    /// Cheap when nobody listens.
    bool isListenedTo() const { return m_listeners.load(std::memory_order_relaxed) > 0; }
    void publish(const CacheEvent &event);
    /// Delivers what waits, for a second at most, and ends the thread. Later events are dropped.
    void close();

private:
    struct Listener {
        std::uint64_t id;
        Glob pattern;
        Receiver receiver;
        std::deque<CacheEvent> queue{};
        std::size_t queuedKeys = 0;
        bool hasThrown = false;
    };
    using ListenerPtr = std::shared_ptr<Listener>;

    static void queue(Listener &listener, CacheEvent event);
    void run();
    ListenerPtr nextWaiting();
    void deliver(Listener &listener, const CacheEvent &event);

    std::function<void(const std::string &)> m_complain;
    std::atomic<std::size_t> m_listeners{0};
    std::mutex m_mutex; ///< guards everything below
    std::condition_variable m_wake, m_delivered;
    std::list<ListenerPtr> m_turns; ///< the next one first
    std::uint64_t m_lastId = 0;
    std::uint64_t m_running = 0; ///< whose callback runs now
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace insitecache
