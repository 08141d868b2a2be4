// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/xdgpaths.h"

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <sys/types.h>

#include "settings/printable.h"

namespace insitecache {

namespace {

std::string xdgBase(const Settings::Environment &environment, const char *variable, const char *underHome)
{
    const auto named = environment(variable);
    if (named && named->starts_with('/'))
        return *named + "/insitecache";
    const auto home = environment("HOME");
    if (!underHome || !home || !home->starts_with('/'))
        return {};
    return *home + '/' + underHome + "/insitecache";
}

bool xdgIsDirectory(const std::string &path)
{
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

} // namespace

XdgPaths XdgPaths::from(const Settings::Environment &environment)
{
    return {xdgBase(environment, "XDG_CONFIG_HOME", ".config"), xdgBase(environment, "XDG_CACHE_HOME", ".cache"),
        xdgBase(environment, "XDG_STATE_HOME", ".local/state"), xdgBase(environment, "XDG_RUNTIME_DIR", nullptr)};
}

Status makePrivateDirectory(const std::string &path)
{
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        if (!xdgIsDirectory(part) && ::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST)
            return fail(ErrorCode::Io,
                "the directory " + printable(part) + " cannot be made (" + std::strerror(errno) + ')',
                "name another place, or make it writable");
        if (end == std::string::npos)
            break;
    }
    if (xdgIsDirectory(path))
        return {};
    return fail(ErrorCode::Io, printable(path) + " is not a directory", "name another place");
}

} // namespace insitecache
