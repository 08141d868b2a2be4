// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

/// A setting before it is typed: its text and where it stands. For the reader of a message `origin` is all that
/// is needed to find it.
struct RawSetting {
    std::string text;
    std::string origin; ///< "--redis", "INSITECACHE_REDIS_URL", "/…/config.toml:3"
};

/// The TOML file (https://toml.io, v1.0) as flat settings: `[redis] url = "…"` is "redis.url"; an array of texts is
/// joined with commas. `[profile.NAME]` tables stand apart and override the rest when asked for. Only read, never
/// written.
class ConfigFile {
public:
    using Flat = std::map<std::string, RawSetting, std::less<>>;

    /// Errors: Io (cannot be read), InvalidArgument (not TOML, or a value that no setting can have): "file:line: why".
    static Result<ConfigFile> read(const std::string &path);

    /// The settings with that profile on top; empty: none.
    /// Errors: InvalidArgument, naming the profiles there are.
    Result<Flat> settings(std::string_view profile) const;
    bool hasProfiles() const { return !m_profiles.empty(); }

private:
    Flat m_settings;
    std::map<std::string, Flat, std::less<>> m_profiles;
    std::string m_path;
};

} // namespace insitecache
