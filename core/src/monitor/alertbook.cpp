// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/alertbook.h"

#include <algorithm>

namespace insitecache {

void AlertBook::raise(const Event &event)
{
    clear(event.target, event.time);
    m_alerts.push_back({event.id, event.kind, event.target, event.time});
    // An objective has its threshold on the charts: a band over all of them would only hide the others.
    if (event.kind == EventKind::ObjectiveBreached)
        return;
    m_spans.push_back({event.kind, event.target, event.id, event.time, event.until});
    if (m_spans.size() > mostSpans)
        m_spans.pop_front();
}

void AlertBook::clear(const std::string &target, WallTime now)
{
    std::erase_if(m_alerts, [&](const Alert &alert) {
        if (alert.target != target)
            return false;
        const auto span = std::find_if(
            m_spans.begin(), m_spans.end(), [&](const Span &candidate) { return candidate.event == alert.event; });
        if (span != m_spans.end())
            span->until = now;
        return true;
    });
}

std::optional<std::string> AlertBook::acknowledge(std::uint64_t event)
{
    const auto alert = std::find_if(m_alerts.begin(), m_alerts.end(),
        [event](const Alert &candidate) { return candidate.event == event && !candidate.acknowledged; });
    if (alert == m_alerts.end())
        return std::nullopt;
    alert->acknowledged = true;
    return alert->target;
}

} // namespace insitecache
