// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dependencyfeed.h"

#include <algorithm>

#include <QPromise>
#include <QThreadPool>

#include "models/whendone.h"

namespace insitecache {

namespace {

constexpr qint64 graphPauseMs = 5000;
// Reading may take at most a tenth of the time.
constexpr qint64 graphPausePerAnswer = 10;

} // namespace

DependencyFeed::DependencyFeed(Monitor &monitor, QObject *parent) : QObject(parent), m_monitor(monitor) {}

void DependencyFeed::ask()
{
    m_again = true;
    start();
}

void DependencyFeed::askIfDue()
{
    const qint64 pause = std::max(graphPauseMs, m_lastTook * graphPausePerAnswer);
    if (!m_asked.isValid() || m_asked.elapsed() >= pause)
        ask();
}

void DependencyFeed::start()
{
    if (m_asking || !m_again)
        return;
    m_asking = true;
    m_again = false;
    m_asked.start();
    whenDone(
        m_monitor.dependencies(), this, [this](Result<DependencyPage> page) { answered(std::move(page)); },
        [this] { m_asking = false; });
}

void DependencyFeed::answered(Result<DependencyPage> page)
{
    m_lastTook = m_asked.elapsed();
    if (page)
        return build(std::move(*page));
    Q_EMIT failed(page.error());
    finish();
}

void DependencyFeed::build(DependencyPage page)
{
    m_answered.start();
    EntryContext context;
    context.policies = m_monitor.policies();
    context.configured = m_configured;
    for (const auto &failure : page.entries.unreachable)
        context.unreachable[static_cast<std::size_t>(failure.stage)] = true;
    auto promise = std::make_shared<QPromise<KeyGraphPtr>>();
    promise->start();
    whenDone(
        promise->future(), this,
        [this](const KeyGraphPtr &graph) {
            Q_EMIT arrived(graph);
            finish();
        },
        [this] { finish(); });
    QThreadPool::globalInstance()->start([promise, page = std::move(page), context = std::move(context)]() mutable {
        promise->addResult(std::make_shared<const KeyGraph>(std::move(page), std::move(context)));
        promise->finish();
    });
}

void DependencyFeed::finish()
{
    m_asking = false;
    start();
}

Millis DependencyFeed::age() const
{
    return Millis(m_answered.isValid() ? m_answered.elapsed() : 0);
}

} // namespace insitecache
