// SPDX-License-Identifier: GPL-3.0-or-later
#include "redis/rediskeyspace.h"

#include <algorithm>
#include <cctype>

namespace insitecache {

namespace {

constexpr std::string_view valueMark = ":v:";
constexpr std::string_view leaseMark = ":l:";

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
    m_prefix(options.prefix), m_space(escapedSpace(options.space)), m_sharedTypes(options.sharedTypes)
{
    setEpoch("0");
}

void RedisKeyspace::setEpoch(std::string_view epoch)
{
    m_epoch = epoch;
    m_start = m_prefix + m_epoch + ':';
    m_own = m_start + m_space;
    m_shared = m_start;
}

bool RedisKeyspace::isShared(std::string_view type) const
{
    return std::find(m_sharedTypes.begin(), m_sharedTypes.end(), type) != m_sharedTypes.end();
}

std::string RedisKeyspace::nameOf(const CacheKey &key) const
{
    return spaceOf(key) + std::string(valueMark) + key.text();
}

std::string RedisKeyspace::leaseOf(const CacheKey &key) const
{
    return spaceOf(key) + std::string(leaseMark) + key.text();
}

std::optional<CacheKey> RedisKeyspace::keyOf(std::string_view name) const
{
    for (const std::string &space : {m_own, m_shared}) {
        const std::string start = space + std::string(valueMark);
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
    const std::string end = std::string(valueMark) + which.literalPrefix();
    std::vector<std::string> patterns{Glob::quote(m_own + end) + '*'};
    if (m_shared != m_own && !m_sharedTypes.empty())
        patterns.push_back(Glob::quote(m_shared + end) + '*');
    return patterns;
}

} // namespace insitecache
