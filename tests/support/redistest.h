// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace insitecache::test {

/// A test whose every function needs a redis-server: all of it is skipped where there is none.
class RedisTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
};

} // namespace insitecache::test
