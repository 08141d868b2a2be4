// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/cachekey.h>
#include <insitecache/sources/values.h>

#include <QStringList>

#include "sources/historyspan.h"

namespace insitecache {

namespace {

QString normalisedIdentity(std::string_view type, const QString &identity)
{
    if (type == "stock" || type == "sentiment" || type == "trending")
        return identity.trimmed().toUpper();
    if (type == "search")
        return identity.simplified().toLower();
    return identity;
}

} // namespace

Result<CacheKey> normalisedKey(std::string_view type, std::string_view identity)
{
    const auto raw = CacheKey::make(type, identity);
    if (!raw)
        return raw;
    const QString given = QString::fromUtf8(identity.data(), static_cast<qsizetype>(identity.size()));
    if (type == "history") {
        const auto span = HistorySpan::parse(given);
        if (!span)
            return tl::unexpected(span.error());
        return CacheKey::make(type, span->identity().toStdString());
    }
    return CacheKey::make(type, normalisedIdentity(type, given).toStdString());
}

Result<CacheKey> normalisedKey(std::string_view text)
{
    const auto raw = CacheKey::parse(text);
    return raw ? normalisedKey(raw->type(), raw->identity()) : raw;
}

} // namespace insitecache
