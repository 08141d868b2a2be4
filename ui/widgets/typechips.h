// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace insitecache {

/// One button a type, with how many entries it has: press to see only those.
class TypeChips : public QWidget {
    Q_OBJECT

public:
    explicit TypeChips(QWidget *parent = nullptr);

    /// `atLeast`: there is more than was counted.
    void showCounts(const std::map<QString, quint64> &counts, bool atLeast);
    void showChosen(const QStringList &types);
    QStringList chosen() const;

Q_SIGNALS:
    void chosenChanged(const QStringList &types);

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *chip(const QString &type);
    void describe(const QString &type, QToolButton &chip);

    QHBoxLayout *m_row;
    std::map<QString, QToolButton *> m_chips;
    std::map<QString, quint64> m_counts;
    bool m_atLeast = false;
};

} // namespace insitecache
