// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>

#include <insitecache/sources/upstreams.h>

#include "sources/recorded/recordedtransport.h"
#include "sources/upstreamparts.h"

namespace insitecache {

namespace {

/// A collection may lack a provider, but not all of them.
Result<std::vector<Recording>> loadProviders(const QString &directory)
{
    std::vector<Recording> all;
    bool any = false;
    for (const QString &provider : {QStringLiteral("yahoo"), QStringLiteral("reddit"), QStringLiteral("x")}) {
        const QString folder = QDir(directory).filePath(provider);
        if (!QFileInfo(folder).isDir())
            continue;
        auto recordings = loadRecordings(folder);
        if (!recordings)
            return recordings;
        any = true;
        std::move(recordings->begin(), recordings->end(), std::back_inserter(all));
    }
    if (!any)
        return fail(ErrorCode::Io, directory.toStdString() + " holds no recordings",
            "name a folder that holds yahoo/, reddit/ or x/ with an index.json");
    return all;
}

} // namespace

Result<std::unique_ptr<Source>> makeRecordedSource(const QString &directory, const Clock &clock)
{
    auto recordings = loadProviders(directory);
    if (!recordings)
        return tl::unexpected(recordings.error());
    UpstreamOptions options;
    options.redditClientId = options.redditClientSecret = options.xBearerToken = QStringLiteral("recorded");
    // One symbol per call, since recorded quotes hold the symbols that were asked for then.
    constexpr qsizetype symbolsPerCall = 1;
    return makeUpstreamParts(
        options, std::make_shared<RecordedTransport>(std::move(*recordings)), clock, symbolsPerCall);
}

} // namespace insitecache
