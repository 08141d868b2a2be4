// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"

namespace insitecache {

namespace {

constexpr Millis settleMargin{250}; // beyond Redis' own connect and command deadlines

// A source or file that was named and is not there: what a script must tell from a failed command.
ExitCode sessionExitCode(const Error &error)
{
    return error.code == ErrorCode::Io ? ExitCode::Unreachable : exitCodeFor(error);
}

} // namespace

std::unique_ptr<Session> openSession(const CommandContext &context, ExitCode &exit)
{
    const Settings &settings = context.settings;
    if (!settings.configFile.empty())
        context.console.note("settings from " + settings.configFile);
    auto session = Session::start(settings);
    if (!session) {
        exit = context.console.failure(session.error(), sessionExitCode(session.error()));
        return nullptr;
    }
    for (const std::string &notice : (*session)->notices())
        context.console.warning(notice);
    if (settings.redis)
        (*session)->engine().waitForTiers(
            settings.redis->connectTimeout + settings.redis->commandTimeout + settleMargin);
    return std::move(*session);
}

} // namespace insitecache
