// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/configfile.h"

#include <QFile>
#include <QFileInfo>

#include <toml++/toml.h>

#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr qint64 configMaxBytes = 1 << 20;

/// Turns the parsed tree into flat settings.
class ConfigFlattener {
public:
    explicit ConfigFlattener(std::string path) : m_path(std::move(path)) {}

    Status flatten(const toml::table &table, const std::string &prefix, ConfigFile::Flat &out)
    {
        for (const auto &[key, node] : table) {
            const std::string name = prefix.empty() ? std::string(key.str()) : prefix + '.' + std::string(key.str());
            if (prefix.empty() && name == "profile")
                continue;
            if (const toml::table *child = node.as_table()) {
                if (Status ok = flatten(*child, name, out); !ok)
                    return ok;
                continue;
            }
            auto text = textOf(node);
            if (!text)
                return fail(ErrorCode::InvalidArgument, at(node) + ": " + printable(name) + ": " + text.error().message,
                    text.error().hint);
            out[name] = {std::move(*text), at(node)};
        }
        return {};
    }

    std::string at(const toml::node &node) const { return m_path + ':' + std::to_string(node.source().begin.line); }

private:
    static Result<std::string> scalarText(const toml::node &node)
    {
        if (const auto *text = node.as_string())
            return text->get();
        if (const auto *number = node.as_integer())
            return std::to_string(number->get());
        if (const auto *truth = node.as_boolean())
            return std::string(truth->get() ? "true" : "false");
        if (const auto *number = node.as_floating_point())
            return numberText(number->get());
        return fail(ErrorCode::InvalidArgument, "this kind of value fits no setting", "write a text or a number");
    }

    static Result<std::string> textOf(const toml::node &node)
    {
        const toml::array *list = node.as_array();
        if (!list)
            return scalarText(node);
        std::string joined;
        for (const toml::node &item : *list) {
            auto text = scalarText(item);
            if (!text)
                return text;
            joined += (joined.empty() ? "" : ",") + *text;
        }
        return joined;
    }

    std::string m_path;
};

Result<std::string> readConfigText(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (QFileInfo(file).isDir())
        return fail(ErrorCode::Io, "the configuration " + printable(path) + " is a directory", "name a file");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io,
            "the configuration " + printable(path) + " cannot be read (" + file.errorString().toStdString() + ')',
            "check its name and permissions");
    const QByteArray text = file.read(configMaxBytes + 1);
    if (text.size() > configMaxBytes)
        return fail(
            ErrorCode::TooLarge, "the configuration " + printable(path) + " is over 1 MiB", "is it the right file?");
    return text.toStdString();
}

// Debian builds toml++ with exceptions only; they end here.
Result<toml::table> parseToml(const std::string &text, const std::string &path)
{
    try {
        return toml::table(toml::parse(text, path));
    } catch (const toml::parse_error &error) {
        return fail(ErrorCode::InvalidArgument,
            path + ':' + std::to_string(error.source().begin.line) + ": " + printable(error.description()),
            "correct the line (TOML 1.0)");
    }
}

} // namespace

Result<ConfigFile> ConfigFile::read(const std::string &path)
{
    const auto text = readConfigText(path);
    if (!text)
        return tl::unexpected(text.error());
    ConfigFile file;
    file.m_path = printable(path);
    auto parsed = parseToml(*text, file.m_path);
    if (!parsed)
        return tl::unexpected(parsed.error());
    ConfigFlattener flattener(file.m_path);
    if (Status ok = flattener.flatten(*parsed, {}, file.m_settings); !ok)
        return tl::unexpected(ok.error());
    const toml::table &root = *parsed;
    const toml::table *profiles = root["profile"].as_table();
    for (auto it = profiles ? profiles->begin() : toml::table::const_iterator(); profiles && it != profiles->end();
         ++it) {
        const auto &[name, node] = *it;
        if (!node.is_table())
            return fail(ErrorCode::InvalidArgument, flattener.at(node) + ": profile is a table of profiles",
                "write [profile.NAME]");
        if (Status ok = flattener.flatten(*node.as_table(), {}, file.m_profiles[std::string(name.str())]); !ok)
            return tl::unexpected(ok.error());
    }
    return file;
}

Result<ConfigFile::Flat> ConfigFile::settings(std::string_view profile) const
{
    Flat merged = m_settings;
    if (profile.empty())
        return merged;
    const auto found = m_profiles.find(profile);
    if (found == m_profiles.end()) {
        std::string known;
        for (const auto &[name, settings] : m_profiles)
            known += (known.empty() ? "" : ", ") + printable(name);
        return fail(ErrorCode::InvalidArgument, m_path + " has no profile " + inQuotes(profile),
            known.empty() ? "add a table [profile.NAME] to it" : "it has " + known);
    }
    for (const auto &[name, setting] : found->second)
        merged[name] = setting;
    return merged;
}

} // namespace insitecache
