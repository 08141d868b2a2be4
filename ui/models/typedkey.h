// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace insitecache {

/// What a person types, as the text of a key: "aapl" is a stock, "sentiment:TSLA" is what it says. Not checked.
QString keyTextOf(const QString &typed);

} // namespace insitecache
