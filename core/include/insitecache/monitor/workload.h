// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <insitecache/base/error.h>

namespace insitecache {

/// A synthetic stream of lookups: how many, how skewed, of what.
struct WorkloadSpec {
    double rate = 200; ///< lookups a second, 1 … 5,000
    double zipf = 1.0; ///< skew s of the popularity of keys, 0 … 2 (rejection-inversion, Hörmann & Derflinger 1996)
    int keys = 500;    ///< distinct symbols, 1 … 1,000,000
    double stock = 70, search = 10, sentiment = 8, trending = 2, user = 10; ///< mix, in parts
    std::uint64_t seed = 42;
    int maxInFlight = 500;

    Status validate() const;
    /// "rate=200,zipf=1.0,seed=42"; unknown words and bad numbers are InvalidArgument naming them.
    static Result<WorkloadSpec> parse(std::string_view text);
};

} // namespace insitecache
