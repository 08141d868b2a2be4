// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

namespace insitecache {

/// The listed symbols for completion: "005930.KS  삼성전자 · Samsung Electronics". GUI thread.
class SymbolsModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int SymbolRole = Qt::UserRole;

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
};

/// The symbol somebody means: "005930.ks 삼성전자" and "삼성전자" → "005930.KS"; what is not listed stays as typed.
QString symbolMeant(const QString &typed);

} // namespace insitecache
