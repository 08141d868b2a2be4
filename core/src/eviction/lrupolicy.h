// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "eviction/nodelist.h"

namespace insitecache {

/// Evicts what was used least recently. Here to be compared with: one scan empties it.
/// Standard C++ only.
template <class Nodes>
class LruPolicy final : public EvictionPolicy {
public:
    explicit LruPolicy(Nodes &nodes) : m_entries(nodes, 1) {}

    bool needsEveryHit() const override { return true; }
    void hit(NodeId entry) override
    {
        m_entries.remove(entry);
        m_entries.pushFront(entry);
    }
    void insert(NodeId entry) override { m_entries.pushFront(entry); }
    NodeId evict() override { return m_entries.isEmpty() ? 0 : m_entries.popBack(); }
    void remove(NodeId entry) override { m_entries.remove(entry); }

private:
    NodeList<Nodes> m_entries;
};

} // namespace insitecache
