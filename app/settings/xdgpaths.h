// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <insitecache/base/error.h>

#include "settings/settings.h"

namespace insitecache {

/// Where this user's files belong (XDG Base Directory 0.8), by hand: Qt 6.4 has no state location, and a path must
/// follow the injected environment. A variable that holds a relative path is ignored, as the specification says.
struct XdgPaths {
    std::string config; ///< …/insitecache; each may not exist yet
    std::string cache;
    std::string state;
    std::string runtime; ///< empty: none is set

    static XdgPaths from(const Settings::Environment &environment);
};

/// Makes the directory, and its parents, readable to this user alone. An existing one is left as it is.
/// Errors: Io, naming the path.
Status makePrivateDirectory(const std::string &path);

} // namespace insitecache
