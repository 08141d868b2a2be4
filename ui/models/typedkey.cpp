// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/typedkey.h"

namespace insitecache {

QString keyTextOf(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty() || text.contains(u':'))
        return text;
    return QStringLiteral("stock:") + text.toUpper();
}

} // namespace insitecache
