// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/changequeue.h"

#include <utility>

namespace insitecache {

bool ChangeQueue::add(CacheKey key, std::string reason)
{
    m_metrics.changes.add();
    const std::lock_guard lock(m_mutex);
    if (m_keys.empty() && !m_everything)
        m_reason = std::move(reason);
    else
        m_severalReasons = m_severalReasons || m_reason != reason;
    if (!m_everything)
        m_keys.insert(std::move(key));
    if (m_keys.size() > maxKeys) {
        m_keys = {};
        m_everything = true;
        m_metrics.changeOverflows.add();
    }
    m_metrics.changesWaiting.set(m_everything ? maxKeys : m_keys.size());
    return !std::exchange(m_isExpected, true);
}

std::optional<Invalidation> ChangeQueue::take()
{
    const std::lock_guard lock(m_mutex);
    m_isExpected = !m_keys.empty() || m_everything;
    if (!m_isExpected)
        return std::nullopt;
    Invalidation what;
    what.dependents = true;
    what.reason = std::exchange(m_reason, {}) + (std::exchange(m_severalReasons, false) ? " and others" : "");
    if (std::exchange(m_everything, false)) {
        what.which = Selector::all();
        what.reason = "more than " + std::to_string(maxKeys) + " keys changed at once, so all are meant";
    } else {
        const auto keys = std::exchange(m_keys, {});
        what.which = Selector::keys({keys.begin(), keys.end()});
    }
    m_metrics.changesWaiting.set(0);
    return what;
}

} // namespace insitecache
