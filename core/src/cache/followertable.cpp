// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/followertable.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr std::size_t maxFollowers = 4;
constexpr std::size_t lookAhead = 3;
constexpr Duration lookAheadTime = std::chrono::seconds(5);
constexpr double timesBeforeHalving = 64;

} // namespace

void FollowerTable::add(Node &node, const CacheKey &follower, double times)
{
    const auto weaker = [](const Follower &a, const Follower &b) { return a.times < b.times; };
    const auto known = std::find_if(
        node.followers.begin(), node.followers.end(), [&](const Follower &one) { return one.key == follower; });
    if (known != node.followers.end())
        known->times += times;
    else if (node.followers.size() < maxFollowers)
        node.followers.push_back({follower, times});
    else if (const auto weakest = std::min_element(node.followers.begin(), node.followers.end(), weaker);
             weakest->times <= times)
        *weakest = {follower, times};
    else
        weakest->times -= times;
}

std::vector<CacheKey> FollowerTable::predictedBy(const Node &node)
{
    std::vector<Follower> likely;
    for (const Follower &follower : node.followers) {
        if (node.times >= leastTimes && follower.times >= leastShare * node.times)
            likely.push_back(follower);
    }
    std::sort(likely.begin(), likely.end(), [](const Follower &a, const Follower &b) { return a.times > b.times; });
    std::vector<CacheKey> keys;
    for (Follower &follower : likely)
        keys.push_back(std::move(follower.key));
    return keys;
}

std::vector<CacheKey> FollowerTable::loaded(const CacheKey &key, SteadyTime now)
{
    while (!m_recent.empty() && m_recent.front().when + lookAheadTime < now)
        m_recent.pop_front();
    for (const Recent &before : m_recent) {
        Node *node = before.key == key ? nullptr : m_nodes.find(before.key);
        if (node)
            add(*node, key, 1);
    }
    std::erase_if(m_recent, [&](const Recent &before) { return before.key == key; });
    m_recent.push_back({key, now});
    if (m_recent.size() > lookAhead)
        m_recent.pop_front();
    Node &node = m_nodes.touch(key);
    const std::vector<CacheKey> predicted = predictedBy(node);
    node.times += 1;
    if (node.times >= timesBeforeHalving) {
        node.times /= 2;
        for (Follower &follower : node.followers)
            follower.times /= 2;
    }
    return predicted;
}

void FollowerTable::cameTrue(const CacheKey &key, const CacheKey &follower)
{
    if (Node *node = m_nodes.find(key))
        add(*node, follower, 1);
}

void FollowerTable::notNeeded(const CacheKey &key, const CacheKey &follower)
{
    Node *node = m_nodes.find(key);
    if (!node)
        return;
    for (Follower &known : node->followers) {
        if (known.key == follower)
            known.times += std::min(1.0, known.times / std::max(1.0, node->times - 1));
    }
}

} // namespace insitecache
