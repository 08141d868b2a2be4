// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace insitecache {

/// Values of the keys that were touched last, so many at most.
/// Not thread-safe. Standard C++ only.
template <class Key, class Value>
class RecentMap {
public:
    explicit RecentMap(std::size_t most) : m_most(most) {}

    std::size_t size() const { return m_values.size(); }
    /// Null when it is not there. Does not count as a touch.
    Value *find(const Key &key)
    {
        const auto found = m_places.find(key);
        return found == m_places.end() ? nullptr : &found->second->second;
    }
    /// A new value where there is none; the one touched longest ago makes room for it.
    Value &touch(const Key &key)
    {
        if (const auto found = m_places.find(key); found != m_places.end()) {
            m_values.splice(m_values.begin(), m_values, found->second);
            return m_values.front().second;
        }
        if (m_values.size() == m_most) {
            m_places.erase(m_values.back().first);
            m_values.pop_back();
        }
        m_values.emplace_front(key, Value());
        m_places[key] = m_values.begin();
        return m_values.front().second;
    }

private:
    const std::size_t m_most;
    std::list<std::pair<Key, Value>> m_values; ///< the one touched last in front
    std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> m_places;
};

} // namespace insitecache
