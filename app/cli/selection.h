// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <insitecache/base/selector.h>

#include "settings/arguments.h"

namespace insitecache {

/// `--key`, `--pattern`, `--type` and `--all` as a selection. Errors: InvalidArgument.

/// Exactly one of them; several `--key` are one selection.
Result<Selector> selectionFrom(const Arguments &arguments);
Result<Selector> patternSelection(const std::string &pattern);
Result<Selector> typeSelection(const std::string &type);

} // namespace insitecache
