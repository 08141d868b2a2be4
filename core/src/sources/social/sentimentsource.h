// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/sources/source.h>
#include <insitecache/sources/upstreams.h>

#include "sources/http/transport.h"

namespace insitecache {

/// Serves `sentiment`: asks Reddit and X side by side, scores their posts with the lexicon and joins them weighted by
/// engagement. One provider failing leaves the other's answer; both failing is an error.
std::unique_ptr<Source> makeSentimentSource(
    const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport, const Clock &clock);

} // namespace insitecache
