// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <insitecache/cache/policy.h>

#include "settings/settings.h"

namespace insitecache {

/// What `policies set` and `policies unset` ask for.
struct PolicyEdit {
    std::string type;
    std::vector<std::pair<std::string, std::string>> fields; ///< name and text; none: take back what was set
};

/// One type's policy, as all files together make it.
struct PolicyChange {
    Policy before, after;
};

/// What the edit would come to; nothing is written. Errors: InvalidArgument (unknown field, a value out of range), and
/// as Settings::load().
Result<PolicyChange> planPolicyChange(
    const PolicyEdit &edit, const Arguments &arguments, const Settings::Environment &environment);

/// Writes it to policies.toml; a change that another process makes meanwhile is kept.
/// Errors: as planPolicyChange(), Unconfigured (there is no place for the file), Io.
Result<PolicyChange> changePolicyFile(
    const PolicyEdit &edit, const Arguments &arguments, const Settings::Environment &environment);

} // namespace insitecache
