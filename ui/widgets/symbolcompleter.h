// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCompleter>

namespace insitecache {

/// Completes a symbol by any part of the symbol or of its names, Korean or English; what it puts in is the symbol.
class SymbolCompleter : public QCompleter {
    Q_OBJECT

public:
    explicit SymbolCompleter(QObject *parent = nullptr);
    QString pathFromIndex(const QModelIndex &index) const override;
};

} // namespace insitecache
