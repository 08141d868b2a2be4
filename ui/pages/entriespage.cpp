// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/entriespage.h"

namespace insitecache {

class EntriesPage::Impl {
public:
    Monitor &monitor;
};

EntriesPage::EntriesPage(Monitor &monitor, QWidget *parent) : Page(parent), d(new Impl{monitor})
{
    setWindowTitle(tr("Entries"));
}

EntriesPage::~EntriesPage() = default;

void EntriesPage::showSnapshot(const std::shared_ptr<const Snapshot> &) {}

QWidget *EntriesPage::findField()
{
    return nullptr;
}

void EntriesPage::refresh() {}

} // namespace insitecache
