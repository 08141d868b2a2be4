// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/lookupspage.h"

namespace insitecache {

class LookupsPage::Impl {
public:
    Monitor &monitor;
};

LookupsPage::LookupsPage(Monitor &monitor, QWidget *parent) : Page(parent), d(new Impl{monitor})
{
    setWindowTitle(tr("Lookups"));
}

LookupsPage::~LookupsPage() = default;

void LookupsPage::showSnapshot(const std::shared_ptr<const Snapshot> &) {}

QWidget *LookupsPage::findField()
{
    return nullptr;
}

void LookupsPage::lookUp(const QString &) {}

} // namespace insitecache
