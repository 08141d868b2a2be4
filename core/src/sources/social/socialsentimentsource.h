// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <insitecache/sources/source.h>

#include "sources/social/redditclient.h"
#include "sources/social/sentimentscorer.h"
#include "sources/social/symbolmatcher.h"
#include "sources/social/xclient.h"

namespace insitecache {

/// The source of `sentiment`: for each symbol it asks Reddit and X side by side and joins their posts
/// (aggregateSentiment). Four symbols at a time, so that a refusal stops a long batch early.
///
/// One provider failing, or not being configured, leaves the other's answer; its own count is 0 then and status()
/// tells why. Both failing is the error that helps more: refused credentials before a quota before an outage.
/// Neither configured: Unconfigured. No posts at all is a value with 0 posts, not an error.
/// Errors also: InvalidArgument for what cannot be a symbol. Cache thread only.
class SocialSentimentSource final : public Source {
public:
    using NamesOf = std::function<CompanyNames(const QString &symbol)>;

    SocialSentimentSource(
        const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock, NamesOf namesOf);

    ~SocialSentimentSource() override { close(); }

    bool serves(std::string_view type) const override { return type == "sentiment"; }
    void fetch(std::vector<CacheKey> keys, Done done) override;
    std::vector<SourceStatus> status() const override;
    std::vector<ProviderCalls> callsFor(std::string_view type) const override;
    void close() final;

private:
    class Batch;
    struct Question;
    using Posts = Result<std::vector<SocialPost>>;
    using Answer = std::function<void(Fetched)>;

    void ask(const CacheKey &key, Answer answer);
    Fetched joined(const Question &question) const;

    std::shared_ptr<HttpTransport> m_transport;
    std::shared_ptr<RedditClient> m_reddit;
    std::shared_ptr<XClient> m_x;
    SentimentScorer m_scorer;
    NamesOf m_namesOf;
};

} // namespace insitecache
