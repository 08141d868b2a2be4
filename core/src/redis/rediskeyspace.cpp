// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/rediskeyspace.h"

#include <algorithm>
#include <cctype>

namespace insitecache {

namespace {

constexpr std::string_view valueMark = ":v:";

// Injective: everything but letters, digits, '.', '_' and '-' becomes %XX.
std::string escapedSpace(std::string_view space)
{
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : space) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte < 0x80 && std::isalnum(byte)) || c == '.' || c == '_' || c == '-') {
            out.push_back(c);
            continue;
        }
        out.push_back('%');
        out.push_back(hex[byte >> 4]);
        out.push_back(hex[byte & 15]);
    }
    return out;
}

} // namespace

RedisKeyspace::RedisKeyspace(const RedisTierOptions &options) :
    m_ownStart(options.prefix + escapedSpace(options.space)), m_sharedStart(options.prefix),
    m_sharedTypes(options.sharedTypes)
{
    m_ownStart += valueMark;
    m_sharedStart += valueMark;
}

bool RedisKeyspace::isShared(std::string_view type) const
{
    return std::find(m_sharedTypes.begin(), m_sharedTypes.end(), type) != m_sharedTypes.end();
}

std::string RedisKeyspace::nameOf(const CacheKey &key) const
{
    return (isShared(key.type()) ? m_sharedStart : m_ownStart) + key.text();
}

std::optional<CacheKey> RedisKeyspace::keyOf(std::string_view name) const
{
    for (const std::string &start : {m_ownStart, m_sharedStart}) {
        if (!name.starts_with(start))
            continue;
        auto key = CacheKey::parse(name.substr(start.size()));
        if (key && nameOf(*key) == name)
            return std::move(*key);
    }
    return std::nullopt;
}

std::vector<std::string> RedisKeyspace::scanPatterns(const Selector &which) const
{
    const std::string prefix = which.literalPrefix();
    std::vector<std::string> patterns{Glob::quote(m_ownStart + prefix) + '*'};
    if (m_sharedStart != m_ownStart && !m_sharedTypes.empty())
        patterns.push_back(Glob::quote(m_sharedStart + prefix) + '*');
    return patterns;
}

} // namespace insitecache
