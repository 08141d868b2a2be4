// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entriesfeed.h"

#include "models/whendone.h"

namespace insitecache {

EntriesFeed::EntriesFeed(Monitor &monitor, QObject *parent) : QObject(parent), m_monitor(monitor) {}

void EntriesFeed::setSelector(const Selector &which)
{
    m_which = which;
}

void EntriesFeed::ask()
{
    m_pace.want();
    start();
}

void EntriesFeed::askIfDue()
{
    if (m_pace.isDue())
        ask();
}

void EntriesFeed::start()
{
    if (!m_pace.begin())
        return;
    whenDone(
        m_monitor.entries({m_which, limit, true}), this, [this](EntryPage page) { answered(std::move(page)); },
        [this] { m_pace.end(); });
}

void EntriesFeed::answered(EntryPage page)
{
    m_pace.answered();
    m_pace.taken();
    m_pace.end();
    m_taken = page.taken;
    auto snapshot = std::make_shared<EntrySnapshot>();
    snapshot->context = contextOf(page, m_monitor.policies(), m_configured);
    snapshot->page = std::move(page);
    Q_EMIT arrived(snapshot);
    start();
}

WallTime EntriesFeed::now() const
{
    return m_pace.hasTaken() ? m_taken + m_pace.age() : WallTime{};
}

} // namespace insitecache
