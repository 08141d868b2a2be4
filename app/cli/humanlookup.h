// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/cache/lookup.h>

#include "cli/console.h"

namespace insitecache {

/// Shows one answer to a person: the value, where it came from and how old it is; with -v each step.
void showLookup(Console &console, const Lookup &lookup);

} // namespace insitecache
