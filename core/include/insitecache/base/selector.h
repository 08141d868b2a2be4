// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
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
    /// The same selection, but for every key of these types.
    Selector without(const std::vector<std::string> &types) const;

    bool matches(std::string_view keyText) const;
    /// Every matching key text starts with this.
    std::string literalPrefix() const;
    /// The named keys, or nullptr when the selection is by description.
    const std::vector<CacheKey> *namedKeys() const;
    /// The type's name, or empty when the selection is not by type.
    std::string_view namedType() const;
    bool isAll() const { return std::holds_alternative<All>(m_scope) && m_leftOut.empty(); }
    /// `stock:AAPL`, `search:*`, `type search`, `all`: for messages and the event log.
    std::string describe() const;

    /// For logs that other processes read: one letter for the kind, then the text; keys one a line (a key's text has
    /// no control characters).
    std::string toWire() const;
    /// Errors: Corrupt.
    static Result<Selector> fromWire(std::string_view wire);

private:
    struct All {};
    struct Type {
        std::string prefix;
    };
    using Scope = std::variant<All, std::vector<CacheKey>, Glob, Type>;
    explicit Selector(Scope scope) : m_scope(std::move(scope)) {}
    bool isLeftOut(std::string_view keyText) const;

    Scope m_scope;
    std::vector<std::string> m_leftOut; ///< as prefixes, colon included; empty for named keys, which are few enough
};

} // namespace insitecache
