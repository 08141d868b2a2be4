// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

namespace insitecache {

std::string versionLine(Program program)
{
    return std::string(program == Program::Dashboard ? "insitecache-dashboard " : "insitecache ") + INSITECACHE_VERSION;
}

std::string dashboardHelp()
{
    return "Usage: insitecache-dashboard [options]\n\n"
           "The dashboard of InsiteCache: looks up stocks through the cache and shows it working.\n\nOptions:\n"
        + optionHelp(settingSpecs(Program::Dashboard))
        + "\nThe command line wins over the environment, that over the configuration file.\n";
}

Result<DashboardLaunch> launchDashboard(int argc, const char *const *argv)
{
    const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    auto arguments = parseArguments(words, Program::Dashboard, nullptr);
    if (!arguments)
        return tl::unexpected(arguments.error());
    DashboardLaunch launch{std::move(*arguments), {}};
    if (launch.arguments.help || launch.arguments.version)
        return launch;
    if (!launch.arguments.operands.empty())
        return fail(ErrorCode::InvalidArgument, "the dashboard takes no words, only options",
            "see insitecache-dashboard --help");
    auto settings = Settings::load(Program::Dashboard, launch.arguments, Settings::processEnvironment());
    if (!settings)
        return tl::unexpected(settings.error());
    launch.settings = std::move(*settings);
    return launch;
}

} // namespace insitecache
