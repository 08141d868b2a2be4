// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/selector.h>

#include <algorithm>

namespace insitecache {

Selector Selector::keys(std::vector<CacheKey> keys)
{
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return Selector(Scope(std::move(keys)));
}

Selector Selector::pattern(Glob glob)
{
    return Selector(Scope(std::move(glob)));
}

Selector Selector::type(std::string type)
{
    return Selector(Scope(Type{std::move(type) + ':'}));
}

Selector Selector::all()
{
    return Selector(Scope(All{}));
}

Selector Selector::without(const std::vector<std::string> &types) const
{
    Selector rest = *this;
    for (const std::string &type : types)
        rest.m_leftOut.push_back(type + ':');
    if (auto *named = std::get_if<std::vector<CacheKey>>(&rest.m_scope)) {
        std::erase_if(*named, [&](const CacheKey &key) { return rest.isLeftOut(key.text()); });
        rest.m_leftOut.clear();
    }
    return rest;
}

bool Selector::isLeftOut(std::string_view keyText) const
{
    return std::any_of(
        m_leftOut.begin(), m_leftOut.end(), [&](const std::string &prefix) { return keyText.starts_with(prefix); });
}

bool Selector::matches(std::string_view keyText) const
{
    if (isLeftOut(keyText))
        return false;
    if (const auto *named = namedKeys()) {
        return std::binary_search(named->begin(), named->end(), keyText, [](const auto &a, const auto &b) {
            const auto text = [](const auto &x) -> std::string_view {
                if constexpr (std::is_same_v<std::decay_t<decltype(x)>, CacheKey>)
                    return x.text();
                else
                    return x;
            };
            return text(a) < text(b);
        });
    }
    if (const auto *glob = std::get_if<Glob>(&m_scope))
        return glob->matches(keyText);
    if (const auto *type = std::get_if<Type>(&m_scope))
        return keyText.starts_with(type->prefix);
    return true;
}

std::string Selector::literalPrefix() const
{
    if (const auto *glob = std::get_if<Glob>(&m_scope))
        return glob->literalPrefix();
    if (const auto *type = std::get_if<Type>(&m_scope))
        return type->prefix;
    return {};
}

const std::vector<CacheKey> *Selector::namedKeys() const
{
    return std::get_if<std::vector<CacheKey>>(&m_scope);
}

namespace {
constexpr char wireAll = 'a', wireType = 't', wirePattern = 'p', wireKeys = 'k';

Result<Selector> keysFromWire(std::string_view lines)
{
    std::vector<CacheKey> keys;
    while (!lines.empty()) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        auto key = CacheKey::parse(lines.substr(0, end));
        if (!key)
            return tl::unexpected(key.error());
        keys.push_back(std::move(*key));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return Selector::keys(std::move(keys));
}
} // namespace

std::string Selector::toWire() const
{
    if (const auto *named = namedKeys()) {
        std::string wire(1, wireKeys);
        for (const CacheKey &key : *named)
            wire += key.text() + '\n';
        return wire;
    }
    if (const auto *glob = std::get_if<Glob>(&m_scope))
        return wirePattern + glob->pattern();
    if (const std::string_view type = namedType(); !type.empty())
        return wireType + std::string(type);
    return std::string(1, wireAll);
}

Result<Selector> Selector::fromWire(std::string_view wire)
{
    const std::string_view text = wire.substr(std::min<std::size_t>(1, wire.size()));
    switch (wire.empty() ? '\0' : wire.front()) {
    case wireAll: return all();
    case wireType: return type(std::string(text));
    case wirePattern: return Glob::compile(text).map(pattern);
    case wireKeys: return keysFromWire(text);
    default: return fail(ErrorCode::Corrupt, "a logged invalidation cannot be read", "it is taken as: all keys");
    }
}

std::string_view Selector::namedType() const
{
    const auto *type = std::get_if<Type>(&m_scope);
    return type ? std::string_view(type->prefix).substr(0, type->prefix.size() - 1) : std::string_view();
}

std::string Selector::describe() const
{
    if (const auto *named = namedKeys()) {
        if (named->size() == 1)
            return named->front().text();
        return std::to_string(named->size()) + " keys";
    }
    if (const auto *glob = std::get_if<Glob>(&m_scope))
        return glob->pattern();
    if (const std::string_view type = namedType(); !type.empty())
        return "type " + std::string(type);
    return "all";
}

} // namespace insitecache
