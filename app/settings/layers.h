// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <insitecache/base/error.h>

#include "settings/configfile.h"
#include "settings/settings.h"

namespace insitecache {

/// Which way of giving a setting won; the larger wins.
enum class Layer { None, File, Environment, CommandLine };

/// All layers of settings, one on top of the other. Knows which settings exist, but not what their values mean.
class SettingLayers {
public:
    /// Errors: as ConfigFile and PolicyFile, and InvalidArgument for a name in the file that is no setting.
    static Result<SettingLayers> read(
        Program program, const Arguments &arguments, const Settings::Environment &environment);

    struct Found {
        RawSetting setting;
        Layer layer;
    };
    /// The winning one.
    std::optional<Found> find(std::string_view name) const;

    /// "policy.stock.ttl" and so on, which have no option of their own.
    const ConfigFile::Flat &policies() const { return m_policies; }
    /// Those of the configuration file alone, without policies.toml above it.
    const ConfigFile::Flat &configPolicies() const { return m_configPolicies; }
    /// Where policies.toml is or would be: beside the configuration file. Empty: there is no such place.
    const std::string &policyFile() const { return m_policyFile; }
    const std::string &configFile() const { return m_configFile; } ///< empty: none was read
    const std::string &profile() const { return m_profile; }

private:
    Status readFile(const Settings::Environment &environment);
    Status sortFile(ConfigFile::Flat flat);
    Status readPolicies(const Settings::Environment &environment);
    void readEnvironment(const Settings::Environment &environment);

    Program m_program = Program::CommandLine;
    std::string m_configFile, m_policyFile, m_profile;
    std::map<std::string, Found, std::less<>> m_found;
    ConfigFile::Flat m_policies, m_configPolicies;
};

} // namespace insitecache
