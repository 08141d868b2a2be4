// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <QFuture>

#include <insitecache/base/error.h>

namespace insitecache {

class Engine;

/// A synthetic stream of lookups: how many, how skewed, of what.
///
/// Popularity follows Zipf's law over ranks 1 … `keys`; rank 1 is the best known symbol, search, region or user.
/// Every key is one the upstreams can answer: stock ranks beyond the listed symbols become histories of them
/// (`history:AAPL:5d:1wk`), and when a type has no further key its ranks start again at the first.
struct WorkloadSpec {
    double rate = 200; ///< lookups a second, 1 … 5,000
    double zipf = 1.0; ///< skew s of the popularity of keys, 0 … 2 (rejection-inversion, Hörmann & Derflinger 1996)
    int keys = 500;    ///< distinct symbols, 1 … 1,000,000
    double stock = 70, search = 10, sentiment = 8, trending = 2, user = 10; ///< mix, in parts
    std::uint64_t seed = 42;
    int maxInFlight = 500; ///< unanswered lookups, 1 … 100,000; what is due beyond that is dropped and counted

    Status validate() const;
    /// "rate=200,zipf=1.0,seed=42", every word the name of a field, what is not named keeps its default.
    /// Errors: InvalidArgument, naming the unknown word, the bad number or the value out of range.
    static Result<WorkloadSpec> parse(std::string_view text);
};

/// How many users the workload reads the preferences of: `user:1` … `user:500`.
inline constexpr int demoUserCount = 500;

/// Stores preferences for those of these users who have none, and never touches one that is there: the database
/// holds the only copy of this type, so without them every read of a user would be an absence.
/// The result is how many were stored. Errors: what the first failing read or write said (Refused in a read-only
/// engine, Unavailable without a database). Any thread; the future finishes on the cache thread,
/// or is cancelled when the engine stops first.
QFuture<Result<int>> seedDemoPreferences(Engine &engine, std::uint64_t seed = 42);

} // namespace insitecache
