// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <insitecache/base/error.h>

namespace insitecache {

/// The secret that a file holds: its first line without the end of line. The text never appears in a message.
/// Errors: Io (cannot be read), InvalidArgument (empty, over 4 KiB, more than one line), naming the file.
Result<std::string> readSecretFile(const std::string &path);

} // namespace insitecache
