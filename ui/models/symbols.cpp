// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/symbols.h"

#include <insitecache/sources/demoupstream.h>

namespace insitecache {

int SymbolsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(listedSymbols().size());
}

QVariant SymbolsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ListedSymbol &listed = listedSymbols()[static_cast<std::size_t>(index.row())];
    if (role == SymbolRole)
        return listed.symbol;
    if (role != Qt::DisplayRole)
        return {};
    const QString names = listed.koreanName.isEmpty() || listed.koreanName == listed.name
        ? listed.name
        : listed.koreanName + QStringLiteral(" · ") + listed.name;
    return listed.symbol + QStringLiteral("   ") + names;
}

QString symbolMeant(const QString &typed)
{
    const QString text = typed.simplified();
    const QString first = text.section(QLatin1Char(' '), 0, 0);
    for (const ListedSymbol &listed : listedSymbols()) {
        if (!first.compare(listed.symbol, Qt::CaseInsensitive) || !text.compare(listed.koreanName, Qt::CaseInsensitive)
            || !text.compare(listed.name, Qt::CaseInsensitive))
            return listed.symbol;
    }
    return text;
}

} // namespace insitecache
