// SPDX-License-Identifier: GPL-3.0-or-later
// What nearly every test includes, compiled once. Nobody includes this file by hand.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QCborMap>
#include <QFuture>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
