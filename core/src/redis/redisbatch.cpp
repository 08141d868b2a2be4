// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisbatch.h"

#include <new>
#include <vector>

#include <hiredis/hiredis.h>

namespace insitecache {

void RedisBatch::add(std::span<const std::string_view> arguments)
{
    std::vector<const char *> starts;
    std::vector<std::size_t> lengths;
    starts.reserve(arguments.size());
    lengths.reserve(arguments.size());
    for (const std::string_view argument : arguments) {
        starts.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    char *formatted = nullptr;
    const int length
        = redisFormatCommandArgv(&formatted, static_cast<int>(starts.size()), starts.data(), lengths.data());
    if (length < 0)
        throw std::bad_alloc();
    m_bytes.append(formatted, length);
    redisFreeCommand(formatted);
    ++m_size;
    const std::string command = std::string(arguments[0]) + ' ';
    if (m_commands.find(' ' + command) == std::string::npos)
        m_commands += command;
}

} // namespace insitecache
