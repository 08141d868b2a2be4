// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <insitecache/base/clock.h>
#include <insitecache/base/selector.h>

namespace insitecache {

class EventDispatcher;

/// Something happened to cached values that whoever keeps things made from them should know. It is not a change feed
/// of the upstream: a value that expires or is evicted is no event, and neither is one that is loaded.
struct CacheEvent {
    enum class Kind : std::uint8_t {
        Invalidated, ///< copies were removed; another process's write is told like this too
        Expired,     ///< their fresh life was ended, they may be served as stale
        Written,     ///< this process wrote a new value
        Missed,      ///< events were lost (too many waited, or a log has a gap): treat everything as changed
    };

    Kind kind = Kind::Invalidated;
    Selector scope = Selector::all(); ///< what was named: keys, a pattern, a type or all; dependents come as keys
    std::vector<CacheKey> keys{};     ///< known keys of the scope that match the subscription
    bool remote = false;              ///< another process did it
    std::string reason{};             ///< as given; empty from another process
    WallTime time{};                  ///< when it was done, or heard of
};

/// Keeps a subscription alive; see Engine::subscribe(). Movable, and may outlive the engine.
///
/// When unsubscribe() or the destructor returns, no callback of this subscription runs, and none will. Called from
/// inside that very callback it returns at once, and this call was the last. Any thread, but not from two at a time;
/// do not hold a lock meanwhile that the callback wants.
class Subscription {
public:
    Subscription() = default;
    Subscription(std::shared_ptr<EventDispatcher> events, std::uint64_t id) : m_events(std::move(events)), m_id(id) {}
    Subscription(Subscription &&other) noexcept;
    Subscription &operator=(Subscription &&other) noexcept;
    ~Subscription() { unsubscribe(); }

    void unsubscribe();
    bool isActive() const { return m_events != nullptr; }

private:
    std::shared_ptr<EventDispatcher> m_events;
    std::uint64_t m_id = 0;
};

} // namespace insitecache
