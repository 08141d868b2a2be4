// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <insitecache/base/error.h>

#include "settings/configfile.h"

namespace insitecache {

/// policies.toml, the settings' second file: what `policies set` changed. It lies beside config.toml, which people
/// write and no program touches, and holds above it, in every profile. Written whole: comments in it do not stay.
/// A value type. Two processes that change it must take turns: see changePolicyFile().
class PolicyFile {
public:
    static constexpr std::string_view fileName = "policies.toml";

    /// No file there is an empty one. Errors: Corrupt (not TOML, or something else than valid policies), Io; the file
    /// stays as it is.
    static Result<PolicyFile> read(const std::string &path);

    /// Named policy.TYPE.FIELD, as policiesFrom() takes them.
    const ConfigFile::Flat &settings() const { return m_settings; }
    /// Together with those of a file that it holds above.
    ConfigFile::Flat over(const ConfigFile::Flat &below) const;
    void set(const std::string &type, const std::string &field, const std::string &text);
    void unset(std::string_view type);

    /// All or nothing, readable to this user alone. Errors: Io.
    Status write() const;

private:
    std::string m_path;
    ConfigFile::Flat m_settings;
};

} // namespace insitecache
