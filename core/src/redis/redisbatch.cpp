// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisbatch.h"

#include <charconv>

namespace insitecache {

namespace {

constexpr std::string_view batchLineEnd = "\r\n";

/// Does " PTTL GET " name GET?
bool namesCommand(std::string_view commands, std::string_view command)
{
    for (std::size_t at = commands.find(command); at != std::string_view::npos; at = commands.find(command, at + 1)) {
        if (commands[at - 1] == ' ' && commands[at + command.size()] == ' ')
            return true;
    }
    return false;
}

/// A line of RESP that says how many of something follow.
void appendCount(QByteArray &bytes, char kind, std::size_t count)
{
    char line[24] = {kind};
    char *end = std::to_chars(line + 1, line + sizeof line, count).ptr;
    bytes.append(line, end - line).append(batchLineEnd.data(), batchLineEnd.size());
}

} // namespace

void RedisBatch::add(std::span<const std::string_view> arguments)
{
    appendCount(m_bytes, '*', arguments.size());
    for (const std::string_view argument : arguments) {
        appendCount(m_bytes, '$', argument.size());
        m_bytes.append(argument.data(), static_cast<qsizetype>(argument.size()));
        m_bytes.append(batchLineEnd.data(), batchLineEnd.size());
    }
    ++m_size;
    if (!namesCommand(m_commands, arguments[0]))
        m_commands.append(arguments[0]).append(1, ' ');
}

} // namespace insitecache
