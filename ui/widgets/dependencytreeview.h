// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QTreeView>

#include "models/dependencytreemodel.h"

namespace insitecache {

/// One of the two trees. Nothing destructive has a key of its own: Del only asks.
class DependencyTreeView : public QTreeView {
    Q_OBJECT

public:
    explicit DependencyTreeView(DependencyTreeModel &model, QWidget *parent = nullptr);

    /// Before the model is set anew, and after.
    void remember();
    void restore();
    int currentNumber() const; ///< −1: none

Q_SIGNALS:
    void lookedAt(int number);
    void chosen(int number);
    void invalidationAsked();
    void released();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QModelIndex opened(const QString &path);

    DependencyTreeModel &m_model;
    QStringList m_open; ///< paths, the shorter ones first
    QString m_currentPath;
    int m_scroll = 0;
    bool m_isRestoring = false;
};

} // namespace insitecache
