// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace insitecache {

/// A name that no other process has, on any machine (RFC 4122, random). Not for secrets. Any thread.
std::string uniqueName();

} // namespace insitecache
