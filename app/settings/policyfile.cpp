// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/policyfile.h"

#include <sstream>

#include <QFileInfo>
#include <QSaveFile>

#include <toml++/toml.h>

#include "settings/policysettings.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr std::string_view policyFileHeader
    = "# Written by `insitecache policies set`. It holds above config.toml; comments do not stay.\n\n";
constexpr std::string_view policyFilePrefix = "policy.";

std::string policyFileText(const ConfigFile::Flat &settings)
{
    toml::table types;
    for (const auto &[name, setting] : settings) {
        const std::string path = name.substr(policyFilePrefix.size());
        const std::size_t dot = path.find('.');
        toml::node &type = types.insert(path.substr(0, dot), toml::table()).first->second;
        type.as_table()->insert(path.substr(dot + 1), setting.text);
    }
    std::ostringstream text;
    text << policyFileHeader;
    if (!types.empty())
        text << toml::table{{"policy", std::move(types)}} << '\n';
    return text.str();
}

Status checkPolicyFile(const ConfigFile &file, const ConfigFile::Flat &settings)
{
    if (file.hasProfiles())
        return fail(ErrorCode::InvalidArgument, "profiles belong into config.toml");
    for (const auto &[name, setting] : settings) {
        if (!name.starts_with(policyFilePrefix))
            return fail(ErrorCode::InvalidArgument, setting.origin + ": " + inQuotes(name) + " is not a policy");
    }
    const auto policies = policiesFrom(settings);
    return policies ? Status() : tl::unexpected(policies.error());
}

tl::unexpected<Error> policyFileCorrupt(const std::string &path, const Error &error)
{
    return fail(ErrorCode::Corrupt, "the policies in " + printable(path) + " cannot be used: " + error.message,
        "correct the file, or move it away to have the policies of config.toml");
}

} // namespace

Result<PolicyFile> PolicyFile::read(const std::string &path)
{
    PolicyFile policies;
    policies.m_path = path;
    if (!QFileInfo::exists(QString::fromStdString(path)))
        return policies;
    const auto file = ConfigFile::read(path);
    if (!file && file.error().code == ErrorCode::Io)
        return tl::unexpected(file.error());
    if (!file)
        return policyFileCorrupt(path, file.error());
    policies.m_settings = *file->settings({});
    if (Status ok = checkPolicyFile(*file, policies.m_settings); !ok)
        return policyFileCorrupt(path, ok.error());
    return policies;
}

ConfigFile::Flat PolicyFile::over(const ConfigFile::Flat &below) const
{
    ConfigFile::Flat settings = m_settings;
    settings.insert(below.begin(), below.end());
    return settings;
}

void PolicyFile::set(const std::string &type, const std::string &field, const std::string &text)
{
    m_settings[std::string(policyFilePrefix) + type + '.' + field] = {text, printable(field + '=' + text)};
}

void PolicyFile::unset(std::string_view type)
{
    const std::string prefix = std::string(policyFilePrefix) + std::string(type) + '.';
    std::erase_if(m_settings, [&](const auto &setting) { return setting.first.starts_with(prefix); });
}

Status PolicyFile::write() const
{
    QSaveFile file(QString::fromStdString(m_path));
    const QByteArray text = QByteArray::fromStdString(policyFileText(m_settings));
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.commit())
        return {};
    return fail(ErrorCode::Io,
        "the policies cannot be written to " + printable(m_path) + " (" + file.errorString().toStdString() + ')',
        "check the permissions of its directory and the space there");
}

} // namespace insitecache
