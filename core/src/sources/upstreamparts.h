// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/sources/upstreams.h>

#include "sources/http/transport.h"

namespace insitecache {

/// The clients of all providers over one transport. `symbolsPerCall`: how many quotes one call asks for.
std::unique_ptr<Source> makeUpstreamParts(const UpstreamOptions &options, std::shared_ptr<HttpTransport> transport,
    const Clock &clock, qsizetype symbolsPerCall = 50);

} // namespace insitecache
