// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace insitecache {

/// How deep a provider's JSON may nest; what they send has about ten levels. Qt's parser alone stops at 1024.
constexpr int deepestJson = 64;

/// Do the brackets outside of strings nest deeper than that? The text need not be valid JSON.
bool isNestedDeeperThan(const QByteArray &json, int levels);

} // namespace insitecache
