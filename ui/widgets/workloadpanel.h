// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

namespace insitecache {

/// The workload driver's controls: how fast, how skewed, of what; asked against achieved rate. For a dock.
class WorkloadPanel : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the panel.
    explicit WorkloadPanel(Monitor &monitor, QWidget *parent = nullptr);
    ~WorkloadPanel() override;

    /// What the controls say.
    WorkloadSpec spec() const;
    void setSpec(const WorkloadSpec &spec);
    /// Once a second.
    void showState(const WorkloadState &state);

public Q_SLOTS:
    void setRunning(bool run);

Q_SIGNALS:
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
