// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <QJsonValue>

#include <insitecache/base/error.h>

namespace insitecache {

/// A cached payload (CBOR) as the JSON that scripts read: stock, search, sentiment, trending and history in their
/// written shapes, other types as they are. Errors: Corrupt.
Result<QJsonValue> valueJson(std::string_view type, std::string_view payload);

} // namespace insitecache
