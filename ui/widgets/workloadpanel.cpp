// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workloadpanel.h"

namespace insitecache {

class WorkloadPanel::Impl {
public:
    Monitor &monitor;
};

WorkloadPanel::WorkloadPanel(Monitor &monitor, QWidget *parent) : QWidget(parent), d(new Impl{monitor})
{
    setWindowTitle(tr("Workload"));
}

WorkloadPanel::~WorkloadPanel() = default;

WorkloadSpec WorkloadPanel::spec() const
{
    return {};
}

void WorkloadPanel::setSpec(const WorkloadSpec &) {}

void WorkloadPanel::showState(const WorkloadState &) {}

void WorkloadPanel::setRunning(bool) {}

} // namespace insitecache
