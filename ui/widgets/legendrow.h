// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "theme/theme.h"

namespace insitecache {

/// One legend for all charts of a page: line, marker and name of every entity. Entities never change their look.
class LegendRow : public QWidget {
    Q_OBJECT

public:
    explicit LegendRow(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Item {
        Ink ink;
        QString text;
    };
    static QList<Item> items();
    int itemWidth(const Item &item) const;
};

} // namespace insitecache
