// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "settings/layers.h"
#include "settings/quantities.h"

namespace insitecache {

/// Takes typed values out of the layers; what is not set leaves its target alone. The first error stays, and names
/// where the bad value stands; later calls then do nothing.
class SettingReader {
public:
    explicit SettingReader(const SettingLayers &layers) : m_layers(layers) {}

    /// `parse` turns the text into a Result of the target's type.
    template <class T, class Parse>
    void read(std::string_view name, T &target, Parse parse)
    {
        const auto found = m_layers.find(name);
        if (!found || !m_status)
            return;
        auto value = parse(found->setting.text);
        if (value)
            target = std::move(*value);
        else
            reject(found->setting, value.error());
    }

    void text(std::string_view name, std::string &target);
    void text(std::string_view name, QString &target);
    void word(std::string_view name, std::string &target, std::initializer_list<std::string_view> allowed);
    void duration(std::string_view name, Millis &target) { read(name, target, parseDuration); }
    void bytes(std::string_view name, std::uint64_t &target) { read(name, target, parseBytes); }
    void count(std::string_view name, std::uint64_t &target) { read(name, target, parseCount); }
    void number(std::string_view name, double &target) { read(name, target, parseNumber); }
    /// A bare flag on the command line is true.
    void flag(std::string_view name, bool &target);
    /// Passes the text to `check` and keeps the text when that is content.
    void checked(std::string_view name, std::string &target, Status (*check)(std::string_view));

    void reject(const RawSetting &setting, const Error &error);
    void reject(const Error &error);
    const Status &status() const { return m_status; }

private:
    const SettingLayers &m_layers;
    Status m_status;
};

} // namespace insitecache
