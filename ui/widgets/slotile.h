// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

#include "charts/chartseries.h"

namespace insitecache {

/// One objective: sign, name, value, limit and the last minute as a small line. A button with a full sentence as its
/// accessible name. Its minimum width holds the whole text: nothing is ever elided.
class SloTile : public QAbstractButton {
    Q_OBJECT

public:
    SloTile(SloKind kind, QWidget *parent);

    void show(const SloReading &reading, const Snapshot &snapshot, SeriesRange range);
    using QWidget::show;
    const SloReading &reading() const { return m_reading; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString nameText() const;
    QString valueText() const;
    QString limitText() const;
    QString sign() const;
    QString stateWord() const;
    QString explanation() const;
    QString definition() const;
    void describe();
    QFont valueFont() const;

    SloKind m_kind;
    SloReading m_reading;
    Runs m_history;
    double m_top = 1;
};

} // namespace insitecache
