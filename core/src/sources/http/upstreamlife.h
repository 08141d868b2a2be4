// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/sources/source.h>

#include "sources/http/transport.h"

namespace insitecache {

/// What an answer's own headers say of how long it holds (RFC 9111 §4.2): max-age, else Expires against Date; less the
/// Age that it has already. `no-cache` and what does not parse mean that it is outdated at once.
UpstreamLife lifeOf(const HttpResponse &response);
/// Nothing was said where there is no answer.
UpstreamLife lifeOf(const Result<HttpResponse> &answer);

/// Of a value made from several answers: the shorter.
UpstreamLife shorterLife(const UpstreamLife &a, const UpstreamLife &b);

} // namespace insitecache
