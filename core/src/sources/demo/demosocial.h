// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

#include "sources/demo/demomarket.h"

namespace insitecache {

/// What Reddit and X of the demo have in common.

/// The instruments that a search query means: its "quoted terms" and $cashtags, or all of it when it has neither.
/// Operators (`lang:en`, `-is:retweet`, OR) mean none.
std::vector<const DemoInstrument *> demoSubjects(const DemoCatalogue &catalogue, const QString &query);

/// Posts about any of the subjects in [from, to), the newest first, at most `limit`.
std::vector<DemoPost> demoPostsAbout(const DemoMarket &market, const std::vector<const DemoInstrument *> &subjects,
    DemoPosts::Channel channel, std::int64_t from, std::int64_t to, std::int64_t now, std::size_t limit);

/// `&`, `<` and `>` as both providers escape them.
QString demoEscaped(QString text);

/// Counts requests in windows that begin every `windowSeconds`. Lives on one thread.
class DemoQuota {
public:
    DemoQuota(int limit, int windowSeconds) : m_limit(limit), m_windowSeconds(windowSeconds) {}

    /// Counts one request; false when the window's share is used up.
    bool take(std::int64_t now);
    int limit() const { return m_limit; }
    int used() const { return m_used; }
    int remaining() const { return m_limit - m_used; }
    /// When the window that holds `now` ends.
    std::int64_t resetAfter(std::int64_t now) const { return (now / m_windowSeconds + 1) * m_windowSeconds; }

private:
    int m_limit, m_windowSeconds, m_used = 0;
    std::int64_t m_window = 0;
};

} // namespace insitecache
