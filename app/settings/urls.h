// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <QUrl>

#include <insitecache/base/error.h>

namespace insitecache {

/// Addresses as people write them, checked before anything connects. No message repeats what could hold a password.
/// Errors: InvalidArgument.

/// redis://[user@]host[:port][/db], rediss://…, unix:/path[?db=N]; with a password it is refused.
Status checkRedisUrl(std::string_view text);
/// sqlite:/path; postgresql: is refused as not available in this version.
Status checkDatabaseUrl(std::string_view text);
/// An absolute https URL, or http to this machine; without user, query and fragment.
Result<QUrl> parseProviderUrl(std::string_view text);

} // namespace insitecache
