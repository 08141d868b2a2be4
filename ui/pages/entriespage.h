// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

namespace insitecache {

/// What every tier holds, one row a key: filter, look, pick, ask for invalidation. Looking never changes a counter.
/// While it is visible it asks the tiers again every few seconds, never twice at a time.
class EntriesPage : public Page {
    Q_OBJECT

public:
    /// The monitor must outlive the page.
    explicit EntriesPage(Monitor &monitor, QWidget *parent = nullptr);
    ~EntriesPage() override;

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    QWidget *findField() override;

public Q_SLOTS:
    /// Asks the tiers now and sorts again: F5, and after an invalidation.
    void refresh();

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
