// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/invalidationpanel.h"

namespace insitecache {

class InvalidationPanel::Impl {
public:
    Monitor &monitor;
};

InvalidationPanel::InvalidationPanel(Monitor &monitor, QWidget *parent) : QWidget(parent), d(new Impl{monitor})
{
    setWindowTitle(tr("Invalidation"));
}

InvalidationPanel::~InvalidationPanel() = default;

void InvalidationPanel::setTarget(const Selector &) {}

} // namespace insitecache
