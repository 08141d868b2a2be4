// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <insitecache/base/error.h>

#include "tiers/hotkey.h"

namespace insitecache {

/// Writes a list of hot keys, the hottest first: a line "insitecache hot keys 1 CHECKSUM", then a line "HEAT KEY" for
/// each. The file changes as a whole or not at all; only its owner may read it. Errors: Io.
Status writeHotKeys(const std::string &path, const std::vector<HotKey> &keys);

/// Reads it back, at most `limit` of them. No file: no keys. Errors: Io, Corrupt (cut off, changed, of another
/// version).
Result<std::vector<HotKey>> readHotKeys(const std::string &path, std::size_t limit);

} // namespace insitecache
