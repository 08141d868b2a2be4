// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/upstreamparts.h"

#include "sources/compositesource.h"
#include "sources/social/sentimentsource.h"
#include "sources/yahoo/yahoosource.h"

namespace insitecache {

std::unique_ptr<Source> makeUpstreamParts(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport,
    const Clock &clock, qsizetype symbolsPerCall)
{
    std::vector<std::unique_ptr<Source>> parts;
    parts.push_back(std::make_unique<YahooSource>(options, transport, clock, symbolsPerCall));
    parts.push_back(makeSentimentSource(options, transport, clock));
    return std::make_unique<CompositeSource>(std::move(parts), std::move(transport));
}

} // namespace insitecache
