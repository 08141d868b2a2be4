// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/redisbatch.h"

#include <array>
#include <new>
#include <vector>

#include <hiredis/hiredis.h>

namespace insitecache {

namespace {

constexpr std::size_t fewArguments = 8;

/// Does " PTTL GET " name GET?
bool namesCommand(std::string_view commands, std::string_view command)
{
    for (std::size_t at = commands.find(command); at != std::string_view::npos; at = commands.find(command, at + 1)) {
        if (commands[at - 1] == ' ' && commands[at + command.size()] == ' ')
            return true;
    }
    return false;
}

} // namespace

void RedisBatch::add(std::span<const std::string_view> arguments)
{
    std::array<const char *, fewArguments> starts;
    std::array<std::size_t, fewArguments> lengths;
    if (arguments.size() > fewArguments)
        return addMany(arguments);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        starts[i] = arguments[i].data();
        lengths[i] = arguments[i].size();
    }
    append(arguments[0], arguments.size(), starts.data(), lengths.data());
}

void RedisBatch::addMany(std::span<const std::string_view> arguments)
{
    std::vector<const char *> starts;
    std::vector<std::size_t> lengths;
    for (const std::string_view argument : arguments) {
        starts.push_back(argument.data());
        lengths.push_back(argument.size());
    }
    append(arguments[0], arguments.size(), starts.data(), lengths.data());
}

void RedisBatch::append(std::string_view command, std::size_t count, const char **starts, const std::size_t *lengths)
{
    char *formatted = nullptr;
    const int length = redisFormatCommandArgv(&formatted, static_cast<int>(count), starts, lengths);
    if (length < 0)
        throw std::bad_alloc();
    m_bytes.append(formatted, length);
    redisFreeCommand(formatted);
    ++m_size;
    if (!namesCommand(m_commands, command))
        m_commands.append(command).append(1, ' ');
}

} // namespace insitecache
