// SPDX-License-Identifier: GPL-3.0-or-later
#include "tiers/origintable.h"

namespace insitecache {

OriginTable &OriginTable::instance()
{
    // Never destroyed: entries may outlive every static.
    static auto &table = *new OriginTable;
    return table;
}

std::uint8_t OriginTable::find(std::string_view origin, std::size_t count) const
{
    for (std::size_t i = 0; i < count; ++i) {
        if (m_texts[i] == origin)
            return static_cast<std::uint8_t>(i + 1);
    }
    return 0;
}

std::uint8_t OriginTable::idOf(std::string_view origin)
{
    if (origin.empty())
        return 0;
    if (const std::uint8_t known = find(origin, m_count.load(std::memory_order_acquire)))
        return known;
    if (origin.size() > maxTextBytes)
        return otherId;
    const std::lock_guard lock(m_growing);
    const std::size_t count = m_count.load(std::memory_order_relaxed);
    if (const std::uint8_t known = find(origin, count))
        return known;
    if (count == maxTexts)
        return otherId;
    m_texts[count] = origin;
    m_count.store(count + 1, std::memory_order_release);
    return static_cast<std::uint8_t>(count + 1);
}

std::string_view OriginTable::textOf(std::uint8_t id) const
{
    if (id == 0)
        return {};
    return id == otherId ? std::string_view("other") : std::string_view(m_texts[id - 1u]);
}

} // namespace insitecache
