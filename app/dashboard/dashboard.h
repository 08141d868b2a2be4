// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/monitor/monitor.h>

#include "dashboard/windowmemory.h"
#include "mainwindow.h"
#include "settings/policywatch.h"
#include "settings/session.h"
#include "widgets/desktopnotifier.h"

namespace insitecache {

/// The window with its pages and panels over one session: the only place that knows both sides.
class Dashboard {
public:
    /// The session must outlive the dashboard.
    explicit Dashboard(Session &session);
    ~Dashboard();

    /// Shows the window as the settings ask, and starts the workload that belongs to it.
    void open();
    /// Saves a picture of the window when its time has come, then ends the program.
    void scheduleScreenshot();

private:
    void addPages();
    void addPanels();
    void followPolicies();
    void addEvents();
    void openEvent(const Event &event);
    void showOnCharts(WallTime time);
    void showObjective(SloKind kind);
    void setBookmark();
    void startWorkload();
    void tellNotices();

    Session &m_session;
    Monitor m_monitor;
    MainWindow m_window;
    WindowMemory m_memory;
    PolicyWatch m_policies;
    class OverviewPage *m_overview = nullptr;
    class EntriesPage *m_entries = nullptr;
    class DependenciesPage *m_dependencies = nullptr;
    class LookupsPage *m_lookups = nullptr;
    class EventsPage *m_events = nullptr;
    DesktopNotifier m_notifier;
    class InvalidationPanel *m_invalidation = nullptr;
    class WorkloadPanel *m_workload = nullptr;
};

} // namespace insitecache
