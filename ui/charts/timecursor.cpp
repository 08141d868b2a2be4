// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/timecursor.h"

namespace insitecache {

void TimeCursor::hover(qint64 at, const QObject *owner)
{
    if (!m_pinned)
        set(at, owner, false);
}

void TimeCursor::leave()
{
    if (!m_pinned)
        set(std::nullopt, nullptr, false);
}

void TimeCursor::pin(qint64 at, const QObject *owner)
{
    set(at, owner, true);
}

void TimeCursor::release()
{
    set(std::nullopt, nullptr, false);
}

void TimeCursor::set(std::optional<qint64> at, const QObject *owner, bool pinned)
{
    if (m_at == at && m_owner == owner && m_pinned == pinned)
        return;
    m_at = at;
    m_owner = owner;
    m_pinned = pinned;
    Q_EMIT changed();
}

} // namespace insitecache
