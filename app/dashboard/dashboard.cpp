// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/dashboard.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

#include "formatting/format.h"
#include "dialogs/bookmarkdialog.h"
#include "pages/dependenciespage.h"
#include "pages/entriespage.h"
#include "pages/eventspage.h"
#include "pages/lookupspage.h"
#include "pages/overviewpage.h"
#include "settings/xdgpaths.h"
#include "theme/glyphicon.h"
#include "widgets/invalidationpanel.h"
#include "widgets/workloadpanel.h"

namespace insitecache {

namespace {

ProfileBadge::Kind profileKind(UpstreamKind kind)
{
    switch (kind) {
    case UpstreamKind::Demo: return ProfileBadge::Kind::Demo;
    case UpstreamKind::Recordings: return ProfileBadge::Kind::Recordings;
    case UpstreamKind::Network: break;
    }
    return ProfileBadge::Kind::Live;
}

ThemeChoice themeChoice(const std::string &name)
{
    return name == "light" ? ThemeChoice::Light : name == "dark" ? ThemeChoice::Dark : ThemeChoice::System;
}

// As with the layout, a picture of the window leaves nothing behind.
MonitorOptions monitorOptions(const Settings &settings)
{
    if (settings.stateDirectory.empty() || !settings.dashboard.screenshot.empty())
        return {};
    const std::string folder = settings.stateDirectory + "/events/" + settings.space;
    if (const Status made = makePrivateDirectory(folder); !made) {
        std::fprintf(
            stderr, "insitecache-dashboard: events are kept in memory only: %s\n", made.error().toString().c_str());
        return {};
    }
    return {folder + "/events.jsonl"};
}

} // namespace

Dashboard::Dashboard(Session &session) :
    m_session(session), m_monitor(session.engine(), monitorOptions(session.settings())),
    m_window([this](SeriesRange range) { return m_monitor.snapshot(range); }), m_memory(session.settings()),
    m_policies(session.engine(), session.settings())
{
    const Settings &settings = session.settings();
    m_window.setThemeChoice(themeChoice(settings.dashboard.theme));
    m_window.setLanguageChoice(languageOf(QString::fromStdString(settings.dashboard.language)));
    m_window.setProfile(
        profileKind(settings.upstream), QString::fromStdString(settings.profile), m_monitor.isReadOnly());
    addPages();
    addPanels();
    addEvents();
    followPolicies();
    m_window.setRange(settings.dashboard.range);
    m_memory.recall(m_window);
    QObject::connect(&m_window, &MainWindow::closing, &m_window, [this] { m_memory.keep(m_window); });
}

Dashboard::~Dashboard() = default;

void Dashboard::addPages()
{
    m_overview = new OverviewPage;
    m_entries = new EntriesPage(m_monitor);
    m_dependencies = new DependenciesPage(m_monitor);
    m_lookups = new LookupsPage(m_monitor);
    m_window.addPage(QStringLiteral("overview"), glyphIcon(Glyph::Overview), m_overview);
    m_window.addPage(QStringLiteral("entries"), glyphIcon(Glyph::Entries), m_entries);
    m_window.addPage(QStringLiteral("dependencies"), glyphIcon(Glyph::Dependencies), m_dependencies);
    m_window.addPage(QStringLiteral("lookups"), glyphIcon(Glyph::Lookups), m_lookups);
    QObject::connect(&m_window, &MainWindow::rangeChanged, m_overview, &OverviewPage::setRange);
    QObject::connect(
        &m_window, &MainWindow::objectiveClicked, m_overview, [this](SloKind kind) { showObjective(kind); });
    QObject::connect(m_overview, &OverviewPage::quickLookupRequested, &m_window, &MainWindow::focusQuickLookup);
    QObject::connect(&m_window, &MainWindow::refreshRequested, m_entries, &EntriesPage::refresh);
    QObject::connect(&m_window, &MainWindow::refreshRequested, m_dependencies, &DependenciesPage::refresh);
    QObject::connect(&m_window, &MainWindow::dependenciesRequested, m_dependencies, [this](const CacheKey &key) {
        m_window.showPage(QStringLiteral("dependencies"));
        m_dependencies->showKey(key);
    });
    QObject::connect(&m_window, &MainWindow::lookupRequested, m_lookups, [this](const QString &keyText) {
        m_window.showPage(QStringLiteral("lookups"));
        m_lookups->lookUp(keyText);
    });
    QObject::connect(m_overview, &OverviewPage::workloadRequested, &m_window, [this] { m_workload->setRunning(true); });
}

void Dashboard::addPanels()
{
    m_invalidation = new InvalidationPanel(m_monitor);
    const Settings &settings = m_session.settings();
    m_invalidation->setProfile(profileKind(settings.upstream), QString::fromStdString(settings.profile));
    m_workload = new WorkloadPanel(m_monitor);
    m_window.addPanel(QStringLiteral("invalidation"), m_invalidation);
    m_window.addPanel(QStringLiteral("workload"), m_workload);
    QObject::connect(&m_window, &MainWindow::invalidationRequested, m_invalidation, &InvalidationPanel::setTarget);
    QObject::connect(m_invalidation, &InvalidationPanel::invalidated, m_entries, &EntriesPage::refresh);
    QObject::connect(m_invalidation, &InvalidationPanel::invalidated, m_dependencies, &DependenciesPage::refresh);
    QObject::connect(&m_window, &MainWindow::undoRequested, m_invalidation, &InvalidationPanel::undo);
    QObject::connect(m_invalidation, &InvalidationPanel::undoOffered, &m_window, &MainWindow::showUndo);
    QObject::connect(m_invalidation, &InvalidationPanel::messageShown, &m_window, &MainWindow::say);
    QObject::connect(m_workload, &WorkloadPanel::messageShown, &m_window, &MainWindow::say);
    QObject::connect(&m_window, &MainWindow::workloadToggled, m_workload, &WorkloadPanel::setRunning);
    QObject::connect(&m_window, &MainWindow::snapshotTaken, m_workload,
        [this](const std::shared_ptr<const Snapshot> &snapshot) { m_workload->showState(snapshot->workload); });
}

void Dashboard::followPolicies()
{
    QObject::connect(&m_policies, &PolicyWatch::changed, &m_window, [this](const std::vector<std::string> &types) {
        QStringList names;
        for (const std::string &type : types)
            names += QString::fromStdString(type);
        m_window.showPolicyChange(names);
        m_entries->refresh(); // the tiers that a type leaves have been swept
    });
    QObject::connect(&m_policies, &PolicyWatch::unusable, &m_window, &MainWindow::warnOfPolicies);
    QObject::connect(&m_policies, &PolicyWatch::notSwept, &m_window,
        [this](const Error &error) { m_window.warn(format::error(error)); });
}

// What was not done from this window has no row anywhere: its words are said instead.
void Dashboard::openEvent(const Event &event)
{
    const bool ours = event.kind == EventKind::Invalidation || event.kind == EventKind::InvalidationOfMany;
    if (ours && m_invalidation->showHistory(event.time))
        m_window.showPanel(QStringLiteral("invalidation"));
    else
        showOnCharts(event.time);
}

void Dashboard::showOnCharts(WallTime time)
{
    if (!m_window.reachBack(time))
        return;
    m_window.showPage(QStringLiteral("overview"));
    m_overview->showTime(time);
}

// Where it is breached, far enough back to see how that began.
void Dashboard::showObjective(SloKind kind)
{
    m_window.showPage(QStringLiteral("overview"));
    m_overview->showObjective(kind);
    for (const Alert &alert : m_monitor.snapshot()->alerts) {
        if (alert.target == sloName(kind))
            showOnCharts(alert.since);
    }
}

void Dashboard::setBookmark()
{
    const WallTime now = m_session.engine().clock().wall();
    const bool onCharts = m_window.currentPage() == QStringLiteral("overview");
    auto *dialog = new BookmarkDialog(onCharts ? m_overview->pinnedTime().value_or(now) : now, &m_window);
    QObject::connect(dialog, &BookmarkDialog::bookmarked, &m_window, [this](const QString &note, WallTime time) {
        m_monitor.bookmark(note.toStdString(), time);
        m_window.refresh();
    });
    dialog->open();
}

void Dashboard::addEvents()
{
    m_events = new EventsPage(m_monitor);
    m_window.addPage(QStringLiteral("events"), glyphIcon(Glyph::Events), m_events);
    const auto choose = [this](std::uint64_t id) {
        m_window.showPage(QStringLiteral("events"));
        m_events->choose(id);
    };
    QObject::connect(&m_window, &MainWindow::snapshotTaken, m_events, &EventsPage::follow);
    QObject::connect(
        m_events, &EventsPage::chartsAsked, &m_window, [this](const EventPtr &event) { showOnCharts(event->time); });
    QObject::connect(m_events, &EventsPage::activated, &m_window, [this](const EventPtr &event) { openEvent(*event); });
    QObject::connect(
        m_overview, &OverviewPage::markerActivated, m_events, [choose](const EventPtr &event) { choose(event->id); });
    QObject::connect(&m_window, &MainWindow::alertClicked, m_events, choose);
    QObject::connect(&m_window, &MainWindow::bookmarkRequested, m_events, [this] { setBookmark(); });
    QObject::connect(&m_window, &MainWindow::notificationsToggled, &m_notifier, &DesktopNotifier::setEnabled);
    QObject::connect(&m_window, &MainWindow::snapshotTaken, &m_notifier,
        [this](const std::shared_ptr<const Snapshot> &snapshot) { m_notifier.follow(*snapshot); });
    QObject::connect(&m_notifier, &DesktopNotifier::unavailable, &m_window, &MainWindow::say);
    QObject::connect(&m_notifier, &DesktopNotifier::activated, m_events, [this] {
        m_window.showPage(QStringLiteral("events"));
        m_window.raise();
        m_window.activateWindow();
    });
}

void Dashboard::open()
{
    startWorkload();
    m_window.showPage(QString::fromStdString(m_session.settings().dashboard.page));
    m_window.show();
    tellNotices();
}

// The demo moves by itself; an upstream that is not ours is only driven when somebody asked for it.
void Dashboard::startWorkload()
{
    const Settings &settings = m_session.settings();
    WorkloadSpec ours;
    ours.user = 0; // nobody has stored preferences here, and the ones of real users are not ours to make up
    m_workload->setSpec(settings.dashboard.workload.value_or(ours));
    const bool wanted = settings.dashboard.workload || settings.upstream == UpstreamKind::Demo;
    if (wanted && !settings.dashboard.workloadOff)
        m_workload->setRunning(true);
}

void Dashboard::tellNotices()
{
    QStringList lines;
    for (const std::vector<std::string> &notices : {m_session.settings().notices, m_session.notices()}) {
        for (const std::string &notice : notices)
            lines << QString::fromStdString(notice);
    }
    if (!lines.isEmpty())
        m_window.warn(lines.join(u'\n'));
}

void Dashboard::scheduleScreenshot()
{
    const DashboardSettings &settings = m_session.settings().dashboard;
    if (settings.screenshot.empty())
        return;
    QTimer::singleShot(settings.after, &m_window, [this, file = QString::fromStdString(settings.screenshot)] {
        if (m_window.grab().save(file))
            return QCoreApplication::exit(0);
        std::fprintf(stderr,
            "insitecache-dashboard: the screenshot could not be written to %s; choose a folder that "
            "can be written to and a name that ends with .png\n",
            qUtf8Printable(file));
        QCoreApplication::exit(1);
    });
}

} // namespace insitecache
