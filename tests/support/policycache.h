// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/arraynodes.h"

namespace insitecache::test {

/// A cache of numbers around one eviction policy, bounded by weight as L1 is.
template <template <class> class Policy>
class PolicyCache {
public:
    PolicyCache(std::uint64_t capacity, std::size_t numbers) :
        m_capacity(capacity), m_nodes(numbers), m_present(numbers), m_policy(m_nodes)
    {}

    /// Was it there? It is now, unless the policy refused it.
    bool request(std::uint32_t number, std::uint64_t weight = 1)
    {
        const NodeId id = number + 1;
        if (m_present[number]) {
            (m_policy.needsEveryHit() ? m_policy.hit(id) : m_nodes.countHit(id));
            return true;
        }
        m_nodes.clear(id);
        m_nodes.setWeight(id, weight);
        m_policy.insert(id);
        m_present[number] = true;
        m_weight += weight;
        if (m_weight <= m_capacity)
            m_policy.settle();
        while (m_weight > m_capacity)
            leave(m_policy.evict());
        return false;
    }
    void remove(std::uint32_t number)
    {
        if (!m_present[number])
            return;
        m_policy.remove(number + 1);
        leave(number + 1);
    }
    bool has(std::uint32_t number) const { return m_present[number]; }
    const std::vector<bool> &present() const { return m_present; }
    std::uint64_t weight() const { return m_weight; }
    Policy<ArrayNodes> &policy() { return m_policy; }

private:
    void leave(NodeId id)
    {
        m_present[id - 1] = false;
        m_weight -= m_nodes.weight(id);
    }

    const std::uint64_t m_capacity;
    ArrayNodes m_nodes;
    std::vector<bool> m_present;
    Policy<ArrayNodes> m_policy;
    std::uint64_t m_weight = 0;
};

} // namespace insitecache::test
