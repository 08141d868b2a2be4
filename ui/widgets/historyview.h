// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "models/invalidationhistory.h"

class QLabel;
class QListView;
class QPushButton;

namespace insitecache {

/// What was invalidated from this window before; one of it can be put back into the form.
class HistoryView : public QWidget {
    Q_OBJECT

public:
    explicit HistoryView(QWidget *parent = nullptr);

    void add(const Invalidation &wish, const InvalidationResult &result, WallTime when);

    /// Chooses what was done at about that time; false: there is none.
    bool choose(WallTime time);

Q_SIGNALS:
    /// The form should say this again; nothing is invalidated by it.
    void fillAsked(const insitecache::Invalidation &wish);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill(int row);
    void showState();
    void retranslate();

    InvalidationHistory m_model;
    QLabel *m_empty;
    QListView *m_list;
    QPushButton *m_fill;
};

} // namespace insitecache
