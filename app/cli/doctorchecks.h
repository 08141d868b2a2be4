// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "cli/enginestate.h"
#include "settings/session.h"

namespace insitecache {

/// One line of `doctor`: what was looked at, how it is, and the next step where something is to be done.
struct Check {
    enum class Status { Ok, Warn, Fail };
    std::string name;
    Status status = Status::Ok;
    std::string detail, hint{};
    bool isRemote = false; ///< a tier or source: failing means that it cannot be reached
};
std::string_view checkStatusName(Check::Status status); ///< "ok", "warn", "fail"

Check checkConfiguration(const Settings &settings);
Check checkUpstreamChoice(const Settings &settings);
Check checkTier(Stage stage, const Session &session, const EngineState &state);
Check checkSource(const SourceStatus &source);
/// Did the source answer this lookup? "There is none" is an answer.
Check checkProbe(const Lookup &lookup);

} // namespace insitecache
