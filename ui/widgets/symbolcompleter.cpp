// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/symbolcompleter.h"

#include "models/symbols.h"

namespace insitecache {

SymbolCompleter::SymbolCompleter(QObject *parent) : QCompleter(parent)
{
    setModel(new SymbolsModel(this));
    setCompletionRole(Qt::DisplayRole);
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    setMaxVisibleItems(12);
}

QString SymbolCompleter::pathFromIndex(const QModelIndex &index) const
{
    return index.data(SymbolsModel::SymbolRole).toString();
}

} // namespace insitecache
