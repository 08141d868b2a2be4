// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entriesfeed.h"

#include <algorithm>

#include "models/whendone.h"

namespace insitecache {

namespace {

constexpr qint64 shortestPauseMs = 5000;
// The listing may take at most a tenth of the time.
constexpr qint64 pausePerAnswer = 10;

} // namespace

EntriesFeed::EntriesFeed(Monitor &monitor, QObject *parent) : QObject(parent), m_monitor(monitor) {}

void EntriesFeed::setSelector(const Selector &which)
{
    m_which = which;
}

void EntriesFeed::ask()
{
    m_again = true;
    start();
}

void EntriesFeed::askIfDue()
{
    const qint64 pause = std::max(shortestPauseMs, m_lastTook * pausePerAnswer);
    if (!m_asked.isValid() || m_asked.elapsed() >= pause)
        ask();
}

void EntriesFeed::start()
{
    if (m_asking || !m_again)
        return;
    m_asking = true;
    m_again = false;
    m_asked.start();
    whenDone(
        m_monitor.entries({m_which, limit, true}), this, [this](EntryPage page) { answered(std::move(page)); },
        [this] { m_asking = false; });
}

void EntriesFeed::answered(EntryPage page)
{
    m_asking = false;
    m_lastTook = m_asked.elapsed();
    m_answered.start();
    m_taken = page.taken;
    auto snapshot = std::make_shared<EntrySnapshot>();
    for (const auto &failure : page.unreachable)
        snapshot->context.unreachable[static_cast<std::size_t>(failure.stage)] = true;
    snapshot->context.configured = m_configured;
    snapshot->context.knowsDependencies = page.knowsDependencies;
    snapshot->context.policies = m_monitor.policies();
    snapshot->page = std::move(page);
    Q_EMIT arrived(snapshot);
    start();
}

WallTime EntriesFeed::now() const
{
    return m_answered.isValid() ? m_taken + Millis(m_answered.elapsed()) : WallTime{};
}

} // namespace insitecache
