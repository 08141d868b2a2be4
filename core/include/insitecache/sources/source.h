// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

namespace insitecache {

/// What an upstream said of how long its answer holds (RFC 9111, as a private cache reads it: s-maxage is not for us).
struct UpstreamLife {
    std::optional<Millis> atMost; ///< what is left of max-age or Expires; empty: nothing was said
    bool noStore = false;         ///< it asks that nobody keeps it

    friend bool operator==(const UpstreamLife &, const UpstreamLife &) = default;
};

/// One value as an upstream gave it.
struct Fetched {
    CacheKey key;
    Result<std::string> payload; ///< CBOR; NotFound means "there is none" and is cached briefly
    std::string origin;          ///< "yahoo", "reddit+x"
    UpstreamLife life{};         ///< only adaptive policies look at it
};

/// How much an upstream still lets us ask.
struct SourceStatus {
    std::string name; ///< "yahoo", "reddit", "x"
    bool configured = true;
    std::uint64_t requests = 0, ok = 0, clientErrors = 0, rateLimited = 0, serverErrors = 0, networkErrors = 0;
    std::optional<double> quotaRemaining; ///< 0 … 1, empty when the provider never said
    std::optional<long long> callsLeft;
    std::optional<Millis> quotaResetIn;
    std::optional<Millis> frozenFor; ///< after a 429 or 401: no request before this
    std::string lastError;           ///< one line, empty when the last request was fine
};

/// What one provider is asked for one key.
struct ProviderCalls {
    std::string provider; ///< SourceStatus::name; empty: not said
    int calls = 1;
};

/// Asks one or more upstreams for values of some types. Never caches, never retries on its own beyond what
/// the provider's login needs: that is the cache's business.
/// Threads: cache thread only; `done` runs on the cache thread exactly once with one Fetched per key, in order.
class Source {
public:
    using Done = std::function<void(std::vector<Fetched>)>;

    virtual ~Source() = default;
    /// Does this source answer keys of that type? ("stock", "search", "history", …)
    virtual bool serves(std::string_view type) const = 0;
    /// One upstream call for many keys where the provider allows it.
    virtual void fetch(std::vector<CacheKey> keys, Done done) = 0;
    virtual std::vector<SourceStatus> status() const = 0;
    /// What it takes to load one key of that type when nothing goes wrong and nothing is batched; empty for a type that
    /// it does not serve. An estimate for people.
    virtual std::vector<ProviderCalls> callsFor(std::string_view type) const
    {
        return serves(type) ? std::vector<ProviderCalls>{{}} : std::vector<ProviderCalls>{};
    }
    /// Cancels what is under way; pending callbacks get Cancelled.
    virtual void close() = 0;
};

} // namespace insitecache
