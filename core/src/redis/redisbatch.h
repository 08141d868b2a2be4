// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include <QByteArray>

namespace insitecache {

/// Commands that travel together and are answered together. Any byte may stand in an argument. A value type; copying
/// shares the bytes.
class RedisBatch {
public:
    void add(std::initializer_list<std::string_view> arguments) { add(std::span(arguments.begin(), arguments.size())); }
    void add(std::span<const std::string_view> arguments);

    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    const QByteArray &bytes() const { return m_bytes; }
    /// The different commands in it, in order of their first use: " PTTL GET ".
    const std::string &commands() const { return m_commands; }

private:
    QByteArray m_bytes;
    std::size_t m_size = 0;
    std::string m_commands = " ";
};

} // namespace insitecache
