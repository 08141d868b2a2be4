// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <insitecache/base/cachekey.h>
#include <insitecache/metrics/histogram.h>

#include "settings/arguments.h"

namespace insitecache {

enum class BenchKind { L1, L2, L3, Tiered };
std::string_view benchName(BenchKind kind);

struct BenchOptions {
    BenchKind kind = BenchKind::L1;
    int threads = 1;              ///< 1 … 256
    double zipf = 1.0;            ///< 0 … 3
    std::uint32_t keys = 10'000;  ///< 1 … 10,000,000
    std::size_t valueBytes = 256; ///< 1 … 1 MiB
    double seconds = 3.0;         ///< 0.05 … 3600

    /// Errors: InvalidArgument, naming the option and its range.
    static Result<BenchOptions> from(const Arguments &arguments);
};

/// What a run measured.
struct BenchReport {
    std::uint64_t operations = 0, hits = 0;
    double seconds = 0;
    HistogramCounts latency;             ///< of the operations that were timed, not always all
    std::optional<double> bytesPerEntry; ///< empty: it could not be told
    std::uint64_t answeredBy[5] = {};    ///< by Stage, for `tiered`
};

/// The keys of a run, all of one type, and who is asked for when.
class BenchKeys {
public:
    explicit BenchKeys(const BenchOptions &options);

    const std::vector<CacheKey> &all() const { return m_keys; }
    /// A long sequence of places in all(), Zipf-distributed, made beforehand so that drawing costs the run nothing.
    /// Each `stream` is another sequence, the same at every run.
    std::vector<std::uint32_t> sequence(std::uint64_t stream) const;
    /// The value of a key: bytes that do not compress, as CBOR.
    std::string payload(std::uint32_t key) const;
    /// Of a key and its value, the same for all.
    std::size_t entryBytes() const { return m_keys.front().text().size() + payload(0).size(); }

    static constexpr std::string_view type = "bench";

private:
    BenchOptions m_options;
    std::vector<CacheKey> m_keys;
    std::vector<double> m_cumulative;
};

} // namespace insitecache
