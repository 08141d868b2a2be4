// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingreader.h"

#include <algorithm>

#include <QString>

#include "settings/printable.h"

namespace insitecache {

void SettingReader::text(std::string_view name, std::string &target)
{
    read(name, target, [](const std::string &text) -> Result<std::string> { return text; });
}

void SettingReader::text(std::string_view name, QString &target)
{
    read(name, target, [](const std::string &text) -> Result<QString> { return QString::fromStdString(text); });
}

void SettingReader::word(std::string_view name, std::string &target, std::initializer_list<std::string_view> allowed)
{
    read(name, target, [&](const std::string &text) -> Result<std::string> {
        if (std::find(allowed.begin(), allowed.end(), text) != allowed.end())
            return text;
        std::string list;
        for (const std::string_view known : allowed)
            list += (list.empty() ? "" : ", ") + std::string(known);
        return fail(ErrorCode::InvalidArgument, inQuotes(text) + " is not one of the choices", "use one of " + list);
    });
}

void SettingReader::flag(std::string_view name, bool &target)
{
    read(name, target, [](const std::string &text) { return text.empty() ? Result<bool>(true) : parseSwitch(text); });
}

void SettingReader::checked(std::string_view name, std::string &target, Status (*check)(std::string_view))
{
    read(name, target, [&](const std::string &text) -> Result<std::string> {
        if (Status ok = check(text); !ok)
            return tl::unexpected(ok.error());
        return text;
    });
}

void SettingReader::reject(const RawSetting &setting, const Error &error)
{
    reject({error.code, setting.origin + ": " + error.message, error.hint});
}

void SettingReader::reject(const Error &error)
{
    if (m_status)
        m_status = tl::unexpected(error);
}

} // namespace insitecache
