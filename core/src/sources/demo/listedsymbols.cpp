// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/sources/demoupstream.h>

#include "base/resources.h"

namespace insitecache {

static std::vector<ListedSymbol> readListedSymbols()
{
    std::vector<ListedSymbol> symbols;
    const QString text = QString::fromUtf8(readResource(QStringLiteral("symbols/symbols.tsv")));
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(u'\t');
        if (line.startsWith(u'#') || fields.size() != 5)
            continue;
        symbols.push_back({fields[0], fields[1], fields[2], fields[3], fields[4]});
    }
    return symbols;
}

const std::vector<ListedSymbol> &listedSymbols()
{
    static const std::vector<ListedSymbol> symbols = readListedSymbols();
    return symbols;
}

} // namespace insitecache
