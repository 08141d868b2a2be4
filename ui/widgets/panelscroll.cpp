// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panelscroll.h"

#include <QScrollArea>

namespace insitecache {

QScrollArea *makePanelScroll(QWidget *inside, QWidget *parent)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setWidget(inside);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(inside->minimumSizeHint().width());
    return scroll;
}

} // namespace insitecache
