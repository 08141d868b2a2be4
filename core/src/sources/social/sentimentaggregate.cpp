// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/social/sentimentaggregate.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

constexpr double feelingThreshold = 0.05;

struct WeightedSum {
    double weight = 0, score = 0;
    void add(double by, double value)
    {
        weight += by;
        score += by * value;
    }
    double mean() const { return weight > 0 ? score / weight : 0; }
};

void countFeeling(Sentiment &sentiment, double score)
{
    if (score >= feelingThreshold)
        ++sentiment.positive;
    else if (score <= -feelingThreshold)
        ++sentiment.negative;
    else
        ++sentiment.neutral;
}

} // namespace

double engagementWeight(const SocialPost &post)
{
    const double reactions = static_cast<double>(std::max(0LL, post.likes))
        + static_cast<double>(std::max(0LL, post.replies)) + static_cast<double>(std::max(0LL, post.shares));
    return 1 + std::log1p(reactions);
}

Sentiment aggregateSentiment(const SymbolMatcher &symbol, const SentimentScorer &scorer,
    const std::vector<SocialPost> &reddit, const std::vector<SocialPost> &x)
{
    Sentiment sentiment;
    sentiment.symbol = symbol.symbol();
    sentiment.window = QStringLiteral("24h");
    WeightedSum all;
    const auto take = [&](const std::vector<SocialPost> &posts, SourceSentiment &source) {
        WeightedSum own;
        for (const SocialPost &post : posts) {
            if (!symbol.mentions(post))
                continue;
            const double score = scorer.score(symbol.withoutMentions(post.text));
            own.add(engagementWeight(post), score);
            all.add(engagementWeight(post), score);
            countFeeling(sentiment, score);
            ++source.posts;
        }
        source.score = own.mean();
    };
    take(reddit, sentiment.reddit);
    take(x, sentiment.x);
    sentiment.posts = sentiment.reddit.posts + sentiment.x.posts;
    sentiment.score = all.mean();
    return sentiment;
}

} // namespace insitecache
