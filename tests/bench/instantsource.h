// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <insitecache/sources/source.h>

#include "benchdata.h"

namespace insitecache::bench {

/// Answers every key at once, so that what is measured is the cache.
class InstantSource final : public Source {
public:
    explicit InstantSource(std::size_t bytes) : m_payload(makePayload(bytes, 3)) {}

    bool serves(std::string_view) const override { return true; }
    void fetch(std::vector<CacheKey> keys, Done done) override
    {
        std::vector<Fetched> out;
        for (CacheKey &key : keys)
            out.push_back({std::move(key), m_payload, "bench"});
        done(std::move(out));
    }
    std::vector<SourceStatus> status() const override { return {}; }
    void close() override {}

private:
    std::string m_payload;
};

} // namespace insitecache::bench
