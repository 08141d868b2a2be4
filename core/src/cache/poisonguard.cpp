// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/poisonguard.h"

namespace insitecache {

void PoisonGuard::failed(const CacheKey &key, SteadyTime now)
{
    if (m_records.size() >= maxKeys)
        std::erase_if(m_records,
            [now](const auto &item) { return now - item.second.first > window && item.second.pausedUntil <= now; });
    if (m_records.size() >= maxKeys)
        m_records.clear();
    Record &record = m_records.try_emplace(key, Record{now}).first->second;
    if (now - record.first > window)
        record = {now};
    if (++record.failures >= failuresAllowed)
        m_pausedUntil = record.pausedUntil = now + pause;
}

bool PoisonGuard::isPaused(const CacheKey &key, SteadyTime now) const
{
    const auto found = m_records.find(key);
    return found != m_records.end() && now < found->second.pausedUntil;
}

} // namespace insitecache
