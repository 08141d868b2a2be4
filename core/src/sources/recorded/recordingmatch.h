// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "sources/recorded/recording.h"

namespace insitecache {

/// The recording that answers a request best: same endpoint, same symbol, then the nearest query, then the newest.
/// What "nearest" means depends on the endpoint:
///  - quote: all symbols are among those asked for then; better without `fields=`, which hides most of a quote, and
///    with few other symbols;
///  - chart: same interval, then a span of about the same length;
///  - search (Yahoo): the same text, or an answer that lists a symbol or name of that text;
///  - search (Reddit, X): the same query, else one whose answer mentions a ticker of the query, else any: whoever
///    counts the posts looks for the ticker in each;
///  - login: a successful one.
/// A recorded refusal of another query (4xx but 404, which speaks of the symbol) comes last.
/// nullptr when there is none.
const Recording *nearestRecording(
    const std::vector<Recording> &recordings, const RecordedTopic &request, const QByteArray &requestBody);

} // namespace insitecache
