// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

#include "charts/chartmarkers.h"

namespace insitecache {

/// A button with one tick for each kind of marker: which of them the charts show.
class MarkerFilter : public QToolButton {
    Q_OBJECT

public:
    explicit MarkerFilter(QWidget *parent = nullptr);

Q_SIGNALS:
    void hiddenChanged(const insitecache::MarkerKinds &hidden);

protected:
    void changeEvent(QEvent *event) override;

private:
    void tell();
    void retranslate();

    QAction *m_all;
    QList<QAction *> m_kinds; ///< in the order of allMarkerKinds()
};

} // namespace insitecache
