// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>
#include <vector>

#include <insitecache/monitor/snapshot.h>

namespace insitecache {

/// What is not fine now, and what was not: one alert for each target at most. Not thread-safe.
class AlertBook {
public:
    static constexpr std::size_t mostSpans = 100;

    /// Replaces what was open for that target; an acknowledgement of it is void.
    void raise(const Event &event);
    void clear(const std::string &target, WallTime now);
    /// The target of the alert that this event told of; none: it is over, or was acknowledged before.
    std::optional<std::string> acknowledge(std::uint64_t event);

    std::vector<Alert> alerts() const { return m_alerts; }
    std::vector<Span> spans() const { return {m_spans.begin(), m_spans.end()}; }

private:
    std::vector<Alert> m_alerts;
    std::deque<Span> m_spans;
};

} // namespace insitecache
