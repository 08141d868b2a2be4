// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include <insitecache/cache/policy.h>
#include <insitecache/sources/source.h>

#include "cache/changerate.h"
#include "cache/recentmap.h"

namespace insitecache {

/// What is known when a value has just been loaded.
struct TtlClues {
    SteadyTime now{};
    WallTime wall{};
    UpstreamLife upstream{};
    std::optional<WallTime> closedUntil{}; ///< its exchange is closed until then
};

struct TtlAdvice {
    Duration ttl{};  ///< within the policy's bounds; before jitter
    std::string why; ///< "changed in 3 of 12 looks; at most max-age 60 s", for people, in English
};

/// How long a loaded value should live under an adaptive policy, and why (see Policy). It remembers how often the
/// values of each key were seen to change, of the 10,000 loaded last, and of each type; a key that it has seen less
/// than four times is taken for one of its type. What is loaded while an exchange is closed tells nothing of how often
/// a value changes, so it is not counted. Cache thread only.
class TtlAdvisor {
public:
    static constexpr std::size_t maxKeys = 10'000;
    static constexpr std::size_t maxTypes = 64;

    TtlAdvice advise(const CacheKey &key, std::string_view payload, const TtlClues &clues, const Policy &policy);
    std::size_t keys() const { return m_keys.size(); }

private:
    struct Known {
        std::size_t content = 0;
        std::optional<SteadyTime> seen{}; ///< none: the exchange was closed
        ChangeRate rate{};
    };

    void look(Known &known, std::string_view type, std::string_view payload, const TtlClues &clues);
    TtlAdvice fromRate(const Known &known, std::string_view type, const Policy &policy) const;

    RecentMap<std::size_t, Known> m_keys{maxKeys}; ///< by the hash of the key
    std::unordered_map<std::string, ChangeRate> m_types;
};

} // namespace insitecache
