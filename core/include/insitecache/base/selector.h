// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/glob.h>

namespace insitecache {

/// A set of keys by description: named keys, a pattern, a type, or all. Every tier asks the same object
/// whether a key belongs, so one selection means one thing everywhere.
/// A value type. Any thread.
class Selector {
public:
    static Selector keys(std::vector<CacheKey> keys);
    static Selector pattern(Glob glob);
    /// Precondition: `type` is a valid key type.
    static Selector type(std::string type);
    static Selector all();

    bool matches(std::string_view keyText) const;
    /// Every matching key text starts with this.
    std::string literalPrefix() const;
    /// The named keys, or nullptr when the selection is by description.
    const std::vector<CacheKey> *namedKeys() const;
    bool isAll() const { return std::holds_alternative<All>(m_scope); }
    /// `stock:AAPL`, `search:*`, `type search`, `all`: for messages and the event log.
    std::string describe() const;

private:
    struct All {};
    struct Type {
        std::string prefix;
    };
    using Scope = std::variant<All, std::vector<CacheKey>, Glob, Type>;
    explicit Selector(Scope scope) : m_scope(std::move(scope)) {}

    Scope m_scope;
};

} // namespace insitecache
