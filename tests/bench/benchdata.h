// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QCoreApplication>
#include <QEventLoop>

#include <insitecache/base/cachekey.h>
#include <insitecache/tiers/entry.h>

/// What the benchmarks measure with. Seeded, so that two runs do the same work.
namespace insitecache::bench {

/// `stock:S000000` …, with so many digits: keys[i] is the i-th of `count`.
std::vector<CacheKey> makeKeys(std::size_t count, std::size_t digits = 6);
/// Like a quote in CBOR: half of it compresses away.
std::string makePayload(std::size_t bytes, std::uint64_t seed);
/// Fresh for an hour.
EntryPtr makeEntry(const CacheKey &key, std::string payload);
EntryPtr makeEntry(const CacheKey &key, std::size_t bytes);
std::vector<EntryPtr> makeEntries(const std::vector<CacheKey> &keys, std::size_t bytes);
/// Positions in 0 … ranks−1, Zipf-distributed and scattered, so that popular keys do not lie side by side.
std::vector<std::uint32_t> makeZipf(std::size_t ranks, double skew, std::size_t draws, std::uint64_t seed);

/// Starts `call(done)` and turns the event loop until `done(answer)` was run.
template <class Answer, class Call>
Answer await(Call call)
{
    Answer answer{};
    bool ready = false;
    call([&](Answer got) {
        answer = std::move(got);
        ready = true;
    });
    while (!ready)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return answer;
}

} // namespace insitecache::bench
