// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/shadowcache.h"

namespace insitecache {

namespace {

constexpr std::size_t shadowTableStart = 256;

} // namespace

ShadowCache::ShadowCache(double windowShare, FrequencySketch &sketch, SketchUse use) :
    m_lists(m_nodes, sketch, use), m_table(shadowTableStart, 0)
{
    m_lists.setWindowShare(windowShare);
}

bool ShadowCache::use(std::uint64_t hash)
{
    if (const NodeId node = find(hash)) {
        std::uint8_t &hits = m_nodes.all[node].hits;
        hits = std::uint8_t(hits < FrequencySketch::maxEstimate ? hits + 1 : hits);
        return true;
    }
    m_lists.insert(add(hash));
    if (m_lists.count() <= m_limit)
        m_lists.settle();
    while (m_lists.count() > m_limit)
        erase(m_lists.evict());
    return false;
}

void ShadowCache::drop(std::uint64_t hash)
{
    if (const NodeId node = find(hash)) {
        m_lists.remove(node);
        erase(node);
    }
}

std::int64_t *ShadowCache::dueOf(std::uint64_t hash)
{
    const NodeId node = find(hash);
    return node == 0 ? nullptr : &m_nodes.all[node].due;
}

void ShadowCache::setLimit(std::size_t entries)
{
    m_limit = entries;
    while (m_lists.count() > m_limit)
        erase(m_lists.evict());
}

NodeId ShadowCache::find(std::uint64_t hash)
{
    NodeId node = placeOf(hash);
    while (node != 0 && m_nodes.all[node].hash != hash)
        node = m_nodes.all[node].chained;
    return node;
}

NodeId ShadowCache::add(std::uint64_t hash)
{
    if (m_nodes.all.size() > m_table.size())
        rehash();
    NodeId node = m_free;
    if (node == 0) {
        node = NodeId(m_nodes.all.size());
        m_nodes.all.emplace_back();
    } else {
        m_free = m_nodes.all[node].chained;
        m_nodes.all[node] = {};
    }
    NodeId &place = placeOf(hash);
    m_nodes.all[node].hash = hash;
    m_nodes.all[node].chained = place;
    place = node;
    return node;
}

void ShadowCache::erase(NodeId node)
{
    NodeId *link = &placeOf(m_nodes.all[node].hash);
    while (*link != node)
        link = &m_nodes.all[*link].chained;
    *link = m_nodes.all[node].chained;
    m_nodes.all[node].chained = m_free;
    m_free = node;
}

// Only called while no node is free, so every node is in the table.
void ShadowCache::rehash()
{
    if (m_free != 0)
        return;
    m_table.assign(m_table.size() * 2, 0);
    for (NodeId node = 1; node < m_nodes.all.size(); ++node) {
        NodeId &place = placeOf(m_nodes.all[node].hash);
        m_nodes.all[node].chained = place;
        place = node;
    }
}

void ShadowCache::clear()
{
    const std::size_t limit = m_limit;
    setLimit(0);
    m_limit = limit;
}

} // namespace insitecache
