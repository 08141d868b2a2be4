// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/targetwords.h"

#include <QCoreApplication>

#include "models/invalidationrules.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class TargetWords {
    Q_DECLARE_TR_FUNCTIONS(InvalidationTarget)
};

} // namespace

QString targetWords(const Selector &which)
{
    if (which.isAll())
        return TargetWords::tr("all keys");
    if (const std::string_view type = which.namedType(); !type.empty())
        return TargetWords::tr("all keys of the type %1")
            .arg(QString::fromUtf8(type.data(), static_cast<qsizetype>(type.size())));
    const std::vector<CacheKey> *named = which.namedKeys();
    if (named && named->size() != 1)
        return TargetWords::tr("%n named key(s)", nullptr, pluralOf(named->size()));
    return QString::fromStdString(which.describe());
}

QString targetWords(const Invalidation &wish)
{
    const QString target = targetWords(wish.which);
    return wish.dependents ? TargetWords::tr("%1 and dependents", "target").arg(target) : target;
}

bool isWholeScope(const Selector &which)
{
    return which.isAll() || !which.namedType().empty();
}

} // namespace insitecache
