// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>

#include <cstdio>
#include <optional>

#include "dashboard/dashboard.h"
#include "dashboard/quitsignals.h"
#include "settings/session.h"
#include "theme/fonts.h"

using insitecache::Error;

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;

int endWith(const Error &error, int code)
{
    std::fprintf(stderr, "insitecache-dashboard: %s\n", error.toString().c_str());
    return code;
}

/// Qt aborts when there is no display, so look before it does.
std::optional<Error> findDisplay()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    const bool needsDisplay = platform.isEmpty() || platform.startsWith("xcb") || platform.startsWith("wayland");
    if (!needsDisplay || !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return std::nullopt;
    return Error{insitecache::ErrorCode::Unconfigured,
        "there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set",
        "start it from a desktop session, over ssh -X, or as: xvfb-run insitecache-dashboard; for a picture without a "
        "display: QT_QPA_PLATFORM=offscreen insitecache-dashboard --screenshot FILE.png; for the terminal: "
        "insitecache"};
}

int show(insitecache::Session &session)
{
    insitecache::Dashboard dashboard(session);
    dashboard.open();
    dashboard.scheduleScreenshot();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const auto launch = insitecache::launchDashboard(argc, argv);
    if (!launch)
        return endWith(launch.error(), exitUsage);
    if (launch->arguments.help || launch->arguments.version) {
        const auto program = insitecache::Program::Dashboard;
        std::puts(
            launch->arguments.help ? insitecache::dashboardHelp().c_str() : insitecache::versionLine(program).c_str());
        return 0;
    }
    if (const std::optional<Error> error = findDisplay())
        return endWith(*error, exitUsage);

    // The command line is ours: Qt would take words such as -style away from it.
    int ownArgc = 1;
    QApplication application(ownArgc, argv);
    QApplication::setApplicationName(QStringLiteral("insitecache-dashboard"));
    QApplication::setApplicationDisplayName(QStringLiteral("InsiteCache"));
    QApplication::setApplicationVersion(QStringLiteral(INSITECACHE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.insitechart.InsiteCache"));
    insitecache::applyFonts();
    insitecache::quitOnSignals();

    const auto session = insitecache::Session::start(launch->settings);
    if (!session)
        return endWith(session.error(), exitFailed);
    return show(**session);
}
