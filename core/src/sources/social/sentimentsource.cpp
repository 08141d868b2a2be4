// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/sentimentsource.h"

#include <algorithm>

#include <insitecache/sources/demoupstream.h>

#include "sources/social/socialsentimentsource.h"

namespace insitecache {

namespace {

CompanyNames listedNamesOf(const QString &symbol)
{
    const auto &listed = listedSymbols();
    const auto found
        = std::find_if(listed.begin(), listed.end(), [&](const ListedSymbol &one) { return one.symbol == symbol; });
    return found == listed.end() ? CompanyNames{} : CompanyNames{found->name, found->koreanName};
}

} // namespace

std::unique_ptr<Source> makeSentimentSource(
    const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock)
{
    return std::make_unique<SocialSentimentSource>(options, std::move(transport), clock, listedNamesOf);
}

} // namespace insitecache
