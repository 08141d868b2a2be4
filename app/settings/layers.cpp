// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/layers.h"

#include <algorithm>

#include <unistd.h>

#include "settings/policyfile.h"
#include "settings/printable.h"
#include "settings/xdgpaths.h"

namespace insitecache {

namespace {

/// Both programs read one file, so each accepts what belongs to the other.
const OptionSpec *layersSpecOf(std::string_view fileKey)
{
    for (const Program program : {Program::CommandLine, Program::Dashboard}) {
        for (const OptionSpec &spec : settingSpecs(program)) {
            if (!spec.fileKey.empty() && spec.fileKey == fileKey)
                return &spec;
        }
    }
    return nullptr;
}

std::string layersNearestKey(std::string_view name)
{
    std::vector<std::string_view> known;
    for (const OptionSpec &spec : settingSpecs(Program::Dashboard)) {
        if (!spec.fileKey.empty())
            known.push_back(spec.fileKey);
    }
    return nearestWord(name, known);
}

std::string folderOf(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

} // namespace

Result<SettingLayers> SettingLayers::read(
    Program program, const Arguments &arguments, const Settings::Environment &environment)
{
    SettingLayers layers;
    layers.m_program = program;
    layers.readEnvironment(environment);
    for (const Arguments::Given &given : arguments.options)
        layers.m_found[given.name] = {{given.value, "--" + given.name}, Layer::CommandLine};
    if (Status ok = layers.readFile(environment); !ok)
        return tl::unexpected(ok.error());
    if (Status ok = layers.readPolicies(environment); !ok)
        return tl::unexpected(ok.error());
    return layers;
}

std::optional<SettingLayers::Found> SettingLayers::find(std::string_view name) const
{
    const auto found = m_found.find(name);
    return found == m_found.end() ? std::nullopt : std::optional<Found>(found->second);
}

void SettingLayers::readEnvironment(const Settings::Environment &environment)
{
    for (const OptionSpec &spec : settingSpecs(m_program)) {
        if (spec.environment.empty())
            continue;
        const std::string variable(spec.environment);
        const auto value = environment(variable.c_str());
        if (value && !value->empty())
            m_found[std::string(spec.name)] = {{*value, variable}, Layer::Environment};
    }
}

Status SettingLayers::readFile(const Settings::Environment &environment)
{
    const auto named = find("config");
    std::string path = named ? named->setting.text : XdgPaths::from(environment).config;
    if (!named) {
        path += "/config.toml";
        if (path.front() == '/' && ::access(path.c_str(), F_OK) != 0)
            path.clear();
    }
    const auto profile = find("profile");
    if (path.empty()) {
        if (profile)
            return fail(ErrorCode::InvalidArgument,
                profile->setting.origin + ": there is no configuration file, so no profile "
                    + inQuotes(profile->setting.text),
                "name the file with --config");
        return {};
    }
    const auto file = ConfigFile::read(path);
    if (!file)
        return tl::unexpected(file.error());
    m_configFile = path;
    auto flat = file->settings({});
    const auto byDefault = flat->find("default-profile");
    m_profile = profile ? profile->setting.text : byDefault != flat->end() ? byDefault->second.text : std::string();
    if (!m_profile.empty())
        flat = file->settings(m_profile);
    return flat ? sortFile(std::move(*flat)) : tl::unexpected(flat.error());
}

Status SettingLayers::sortFile(ConfigFile::Flat flat)
{
    for (auto &[key, setting] : flat) {
        if (key.starts_with("policy.")) {
            m_configPolicies[key] = std::move(setting);
            continue;
        }
        const OptionSpec *spec = layersSpecOf(key);
        if (!spec) {
            const std::string near = layersNearestKey(key);
            return fail(ErrorCode::InvalidArgument, setting.origin + ": there is no setting " + inQuotes(key),
                near.empty() ? "see insitecache help settings" : "did you mean " + near + '?');
        }
        if (spec->path && !setting.text.empty() && setting.text.front() != '/')
            setting.text = folderOf(m_configFile) + setting.text;
        m_found.try_emplace(std::string(spec->name), Found{std::move(setting), Layer::File});
    }
    return {};
}

Status SettingLayers::readPolicies(const Settings::Environment &environment)
{
    m_policies = m_configPolicies;
    const std::string standard = XdgPaths::from(environment).config;
    if (m_configFile.empty() && standard.empty())
        return {};
    m_policyFile = folderOf(m_configFile.empty() ? standard + '/' : m_configFile) + std::string(PolicyFile::fileName);
    const auto file = PolicyFile::read(m_policyFile);
    if (!file)
        return tl::unexpected(file.error());
    m_policies = file->over(m_configPolicies);
    return {};
}

} // namespace insitecache
