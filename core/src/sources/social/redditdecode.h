// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/base/clock.h>

#include "sources/http/transport.h"
#include "sources/social/socialpost.h"

namespace insitecache {

struct RedditToken {
    QByteArray text;
    Millis lifetime{0};
};

/// The posts and comments of a listing or search; things that are neither (subreddits, users) are passed over, and
/// so is what its author or a moderator took back, as Reddit's terms ask.
/// Errors: NotFound (unknown, banned or private subreddit, also when it shows as a redirect to the subreddit
/// search), Unauthorized (401, 403), RateLimited (429), InvalidArgument (400), UpstreamError (5xx), BadResponse.
Result<SocialPage> decodeRedditListing(const HttpResponse &response);

/// The answer of the token endpoint, which reports its errors with status 200.
/// Errors: Unauthorized (bad client id, secret or grant), and as above.
Result<RedditToken> decodeRedditToken(const HttpResponse &response);

} // namespace insitecache
