// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace insitecache {

/// About what one share of a well-known symbol costs, in its currency; 0 when the table does not say. Only the order
/// of magnitude is meant to be right, so that a demo does not show Samsung at 12 won.
double demoPriceLevel(const QString &symbol);

} // namespace insitecache
