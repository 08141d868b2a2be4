// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/http/transport.h"
#include "sources/social/socialpost.h"

namespace insitecache {

/// What a refusal of X means for the requests after it.
enum class XRefusal {
    None,        ///< nothing: the next request may fare better
    Query,       ///< 400: this query, perhaps one of its operators
    Credentials, ///< 401, 403: the token or the product tier
    Exhausted,   ///< 402 or a usage cap: paid credits or the month's posts are used up
};
XRefusal xRefusal(const HttpResponse &response);

/// The posts of a search. A search without a match has no `data` at all; `errors` beside `data` are parts left out.
/// Errors: Unauthorized (401, 403), RateLimited (429, a usage cap, 402), InvalidArgument (400), UpstreamError (5xx),
/// BadResponse.
Result<SocialPage> decodeXSearch(const HttpResponse &response);

} // namespace insitecache
