// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <insitecache/coherence/invalidation.h>

namespace insitecache {

/// What is named, in words: "all keys", "all keys of the type stock", "12 named keys"; a key or a pattern as it is,
/// which is data. Pure functions.
QString targetWords(const Selector &which);
/// With " and dependents" where they fall too.
QString targetWords(const Invalidation &wish);
/// The target is so large that its first keys tell nothing about it.
bool isWholeScope(const Selector &which);

} // namespace insitecache
