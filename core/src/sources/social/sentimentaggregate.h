// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <insitecache/sources/values.h>

#include "sources/social/sentimentscorer.h"
#include "sources/social/socialpost.h"
#include "sources/social/symbolmatcher.h"

namespace insitecache {

/// How much a post weighs: 1 + ln(1 + max(0, likes) + replies + shares). A post nobody has seen yet weighs 1, one
/// with a thousand reactions about 8.
double engagementWeight(const SocialPost &post);

/// The posts that mention the symbol, scored and joined: score is the mean weighted by engagementWeight(), over each
/// provider's posts and over all. A post is positive from +0.05, negative from −0.05, and neutral between (the
/// thresholds of VADER). Without any such post every number is 0.
Sentiment aggregateSentiment(const SymbolMatcher &symbol, const SentimentScorer &scorer,
    const std::vector<SocialPost> &reddit, const std::vector<SocialPost> &x);

} // namespace insitecache
