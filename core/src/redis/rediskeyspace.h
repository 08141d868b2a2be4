// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// How keys are called on the server: `<prefix><space>:v:<key text>`, the types that all spaces share under the empty
/// space. The space is escaped, so two spaces never meet. Immutable. Any thread.
class RedisKeyspace {
public:
    explicit RedisKeyspace(const RedisTierOptions &options);

    std::string nameOf(const CacheKey &key) const;
    /// The key behind a name, nothing when the name is not one of ours.
    std::optional<CacheKey> keyOf(std::string_view name) const;
    /// What to give to SCAN MATCH so that no match of `which` is missed. More than one: one SCAN each.
    std::vector<std::string> scanPatterns(const Selector &which) const;

private:
    bool isShared(std::string_view type) const;

    std::string m_ownStart, m_sharedStart;
    std::vector<std::string> m_sharedTypes;
};

} // namespace insitecache
