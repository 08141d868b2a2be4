// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace insitecache {

/// A small framed box of the strip: a bold line, and a plain one below it. What stands in it is said by who derives.
class TwoLineChip : public QWidget {
    Q_OBJECT

public:
    explicit TwoLineChip(QWidget *parent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    struct Look {
        QString marker; ///< before the upper line, in its own colour; empty: none
        QColor markerColour;
        QString upper, lower;
        QColor upperColour, lowerColour;
        QColor frame;
        int frameWidth = 1;
    };
    virtual Look look() const = 0;
    /// Says the same to tool tips and to assistive technology.
    virtual void describe() = 0;
    /// look() has changed.
    void renew();

    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QFont bold() const;
};

} // namespace insitecache
