// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/dependencyfeed.h"

#include <QPromise>
#include <QThreadPool>

#include "models/whendone.h"

namespace insitecache {

DependencyFeed::DependencyFeed(Monitor &monitor, QObject *parent) : QObject(parent), m_monitor(monitor) {}

void DependencyFeed::ask()
{
    m_pace.want();
    start();
}

void DependencyFeed::askIfDue()
{
    if (m_pace.isDue())
        ask();
}

void DependencyFeed::start()
{
    if (!m_pace.begin())
        return;
    whenDone(
        m_monitor.dependencies(), this, [this](Result<DependencyPage> page) { answered(std::move(page)); },
        [this] { m_pace.end(); });
}

void DependencyFeed::answered(Result<DependencyPage> page)
{
    m_pace.answered();
    if (page)
        return build(std::move(*page));
    Q_EMIT failed(page.error());
    finish();
}

void DependencyFeed::build(DependencyPage page)
{
    m_pace.taken();
    EntryContext context = contextOf(page.entries, m_monitor.policies(), m_configured);
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
    m_pace.end();
    start();
}

} // namespace insitecache
