// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/redistest.h"

#include <QTest>

#include "support/redisserver.h"

namespace insitecache::test {

void RedisTest::initTestCase()
{
    RedisServer probe;
    if (!probe.start())
        QSKIP("redis-server is not installed");
}

} // namespace insitecache::test
