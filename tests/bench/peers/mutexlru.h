// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

#include "measure.h"

namespace insitecache::bench {

/// What is written first where a cache is needed: a list in order of use and a map into it, under one mutex. The value
/// is used under the mutex, which spares a copy and is the fastest that this form can do.
class MutexLru {
public:
    explicit MutexLru(std::size_t capacity) : m_capacity(capacity) {}

    bool read(const CacheKey &key, std::uint64_t &sum)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_index.find(key.text());
        if (found == m_index.end())
            return false;
        m_used.splice(m_used.begin(), m_used, found->second);
        sum += firstBytes(found->second->second.data());
        return true;
    }
    void write(const CacheKey &key, std::string_view value)
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_index.find(key.text()); found != m_index.end()) {
            found->second->second = value;
            m_used.splice(m_used.begin(), m_used, found->second);
            return;
        }
        if (m_used.size() >= m_capacity) {
            m_index.erase(m_used.back().first);
            m_used.pop_back();
        }
        m_used.emplace_front(key.text(), value);
        m_index.emplace(m_used.front().first, m_used.begin());
    }

private:
    using Used = std::list<std::pair<std::string, std::string>>; // most recently used first

    const std::size_t m_capacity;
    std::mutex m_mutex;
    Used m_used;
    std::unordered_map<std::string_view, Used::iterator> m_index;
};

} // namespace insitecache::bench
