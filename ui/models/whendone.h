// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>

namespace insitecache {

/// Calls `done` with the result of `future` on the context's thread; `cancelled` when there never will be one.
/// The result is moved out of the future. Neither is called once the context is gone. Not QFuture::then(context, …):
/// Qt 6.4 asserts there, and races, when the context is destroyed first.
template <class T, class Done, class Cancelled>
void whenDone(const QFuture<T> &future, QObject *context, Done done, Cancelled cancelled)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done, cancelled] {
        watcher->deleteLater();
        QFuture<T> finished = watcher->future();
        if (finished.isResultReadyAt(0))
            done(finished.takeResult()); // a page of rows is not worth a copy
        else
            cancelled();
    });
    watcher->setFuture(future);
}

} // namespace insitecache
