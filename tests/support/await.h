// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

namespace insitecache::test {

/// Starts something that answers through a callback and runs the event loop until it has.
/// Throws when it does not answer at all, or twice.
template <class T>
T await(const std::function<void(std::function<void(T)>)> &start, int patienceMs = 20'000)
{
    const auto answer = std::make_shared<std::optional<T>>();
    start([answer](T value) {
        if (answer->has_value())
            throw std::logic_error("answered twice");
        *answer = std::move(value);
    });
    QTimer::singleShot(patienceMs, [] {}); // wakes the loop when nothing else does
    const QDeadlineTimer patience(patienceMs);
    while (!answer->has_value() && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    if (!answer->has_value())
        throw std::runtime_error("no answer");
    return **answer;
}

} // namespace insitecache::test
