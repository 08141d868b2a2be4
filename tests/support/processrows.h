// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

#include <insitecache/tiers/tier.h>

Q_DECLARE_METATYPE(insitecache::Stage)

namespace insitecache::test {

/// Rows for everything that two processes may have in common.
inline void addWaysToHear()
{
    QTest::addColumn<bool>("redis");
    QTest::addColumn<int>("databases");
    QTest::newRow("through Redis alone") << true << 0;
    QTest::newRow("through a shared database alone") << false << 1;
    QTest::newRow("through both") << true << 1;
    QTest::newRow("through Redis, each with a database of its own") << true << 2;
}

/// Rows for the places where an invalidation can be stopped.
inline void addStopsOfAnInvalidation()
{
    QTest::addColumn<Stage>("stage");
    QTest::newRow("before L3") << Stage::L3;
    QTest::newRow("before L2") << Stage::L2;
    QTest::newRow("before L1") << Stage::L1;
}

} // namespace insitecache::test
