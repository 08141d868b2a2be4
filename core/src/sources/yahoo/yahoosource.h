// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/sources/upstreams.h>

#include "sources/fetchjoin.h"
#include "sources/yahoo/yahoologin.h"
#include "sources/yahoo/yahoowire.h"

namespace insitecache {

/// Serves stock, history, search and trending from Yahoo Finance.
class YahooSource final : public Source {
public:
    /// `symbolsPerCall`: how many quotes one call asks for.
    YahooSource(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock,
        qsizetype symbolsPerCall = 50);
    ~YahooSource() override;

    bool serves(std::string_view type) const override;
    void fetch(std::vector<CacheKey> keys, Done done) override;
    /// Data and login requests together.
    std::vector<SourceStatus> status() const override;
    std::vector<ProviderCalls> callsFor(std::string_view type) const override;
    void close() override;

private:
    void fetchQuotes(const FetchJoin &join, const std::vector<std::size_t> &indexes);
    void fetchHistory(const FetchJoin &join, std::size_t index);
    void fetchSearch(const FetchJoin &join, std::size_t index);
    void fetchTrending(const FetchJoin &join, std::size_t index);

    std::shared_ptr<YahooWire> m_wire;
    std::shared_ptr<YahooLogin> m_login;
    std::shared_ptr<HttpTransport> m_transport;
    qsizetype m_symbolsPerCall;
};

} // namespace insitecache
