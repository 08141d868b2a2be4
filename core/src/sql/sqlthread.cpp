// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sqlthread.h"

#include <future>

#include <QTimer>

namespace insitecache {

SqlThread::SqlThread(const QString &name) : m_worker(std::make_unique<QObject>()), m_owner(std::make_unique<QObject>())
{
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(name);
    m_thread.start();
}

SqlThread::~SqlThread()
{
    close([] {});
}

void SqlThread::post(std::function<void()> job)
{
    QMetaObject::invokeMethod(m_worker.get(), std::move(job), Qt::QueuedConnection);
}

void SqlThread::run(const std::function<void()> &job)
{
    std::promise<void> done;
    post([&] {
        job();
        done.set_value();
    });
    done.get_future().wait();
}

void SqlThread::every(Millis interval, std::function<void()> work)
{
    auto *timer = new QTimer(m_worker.get());
    timer->setInterval(interval);
    QObject::connect(timer, &QTimer::timeout, timer, std::move(work));
    timer->start();
}

void SqlThread::deliver(std::function<void()> callback)
{
    const std::lock_guard lock(m_mutex);
    m_finished.push_back(std::move(callback));
    if (m_finished.size() == 1)
        QMetaObject::invokeMethod(
            m_owner.get(), [this] { deliverFinished(); }, Qt::QueuedConnection);
}

void SqlThread::deliverFinished()
{
    std::deque<std::function<void()>> ready;
    {
        const std::lock_guard lock(m_mutex);
        ready.swap(m_finished);
    }
    for (const auto &callback : ready)
        callback();
}

void SqlThread::close(const std::function<void()> &last)
{
    if (m_closed)
        return;
    m_closed = true;
    run([&] {
        const QObjectList timers = m_worker->children();
        qDeleteAll(timers);
        last();
    });
    m_thread.quit();
    m_thread.wait();
    deliverFinished();
}

} // namespace insitecache
