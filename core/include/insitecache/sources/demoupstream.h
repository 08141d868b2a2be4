// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>
#include <insitecache/sources/upstreams.h>

namespace insitecache {

/// How the demo upstream behaves; may be changed while it runs. What is out of range becomes the nearest sensible
/// value.
struct DemoBehaviour {
    Millis latency{60};         ///< median of every answer, 0 … 30 s
    double latencySpread = 0.5; ///< log-normal sigma, 0 … 3
    double errorRate = 0.0;     ///< share answered 503, 0 … 1
    bool rateLimit = false;     ///< answer 429 with each provider's own headers
};

struct DemoUpstreamOptions {
    std::uint64_t seed = 42;
    DemoBehaviour behaviour;
};

/// A local HTTP server that speaks the formats of Yahoo, Reddit and X over a seeded market of real symbols
/// (US and KRX, with Korean names). The real clients talk to it, so the demo exercises the real path: it wants cookie
/// and crumb, tokens and credentials, counts quotas and refuses in each provider's own form.
/// Same seed and same clock: same answers, save for delays and faults. Not a model of any market: prices are a seeded
/// random walk, and what people say about them is made of a few phrases.
/// Each provider has a port of its own, with caps on connections, requests and silence.
/// Threads: made and destroyed anywhere; runs on its own thread; setBehaviour() from any thread. The clock must outlive
/// it.
class DemoUpstream {
public:
    /// Listens on 127.0.0.1 on free ports. Errors: Io.
    static Result<std::unique_ptr<DemoUpstream>> start(const DemoUpstreamOptions &options, const Clock &clock);
    virtual ~DemoUpstream() = default;

    /// What makeUpstreamSource() needs to reach it, credentials included.
    virtual UpstreamOptions upstreamOptions() const = 0;
    virtual void setBehaviour(const DemoBehaviour &behaviour) = 0;
    virtual DemoBehaviour behaviour() const = 0;
};

/// One row of resources/symbols/symbols.tsv; `exchange` is Yahoo's code, `koreanName` may be empty.
struct ListedSymbol {
    QString symbol, name, koreanName, exchange, currency;
};
/// The symbols of the demo market (≥ 500), the best known first. Any thread.
const std::vector<ListedSymbol> &listedSymbols();

} // namespace insitecache
