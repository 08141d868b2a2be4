// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <insitecache/sources/values.h>

class QLabel;

namespace insitecache {

/// A quote: price, change with sign and direction, market state, when and from where.
class QuoteCard : public QWidget {
    Q_OBJECT

public:
    explicit QuoteCard(QWidget *parent = nullptr);

    void show(const Quote &quote);
    using QWidget::show;

protected:
    void changeEvent(QEvent *event) override;

private:
    void showChange();
    void showFacts();

    Quote m_quote;
    QLabel *m_name;
    QLabel *m_price;
    QLabel *m_change;
    QLabel *m_facts;
    QLabel *m_disclaimer;
};

} // namespace insitecache
