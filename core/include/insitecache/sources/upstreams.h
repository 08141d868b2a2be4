// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QString>
#include <QUrl>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>
#include <insitecache/sources/source.h>

namespace insitecache {

/// How to reach Yahoo Finance, Reddit and X. http is allowed to loopback only.
struct UpstreamOptions {
    QUrl yahooUrl{QStringLiteral("https://query2.finance.yahoo.com")};
    QUrl yahooCookieUrl{QStringLiteral("https://fc.yahoo.com")};
    QUrl redditUrl{QStringLiteral("https://oauth.reddit.com")};
    QUrl redditAuthUrl{QStringLiteral("https://www.reddit.com")};
    QUrl xUrl{QStringLiteral("https://api.x.com")};
    QString userAgent;      ///< empty: a default that names InsiteCache and its version
    QString redditClientId; ///< empty: Reddit is not configured
    QString redditClientSecret;
    QString xBearerToken;    ///< empty: X is not configured
    Millis deadline{10'000}; ///< for one request from first byte sent to last byte read
    qint64 maxBodyBytes = 4 << 20;
    /// Errors: InvalidArgument (an address that is not https or loopback, a limit out of range, a text that no header
    /// can carry). Never shows a secret.
    Status validate() const;
};

/// The three providers over the network: serves stock, search, trending, history (Yahoo) and sentiment (Reddit + X).
Result<std::unique_ptr<Source>> makeUpstreamSource(const UpstreamOptions &options, const Clock &clock);

/// The same clients, answered from recorded responses and never from the network.
/// `directory` holds one folder per provider with index.json and bodies/. A request is answered by the recording
/// of the same endpoint and symbol whose query is nearest, the newest first; a search that was never made is answered
/// by a recorded one that lists its text. Posts of a recorded social search count only where they name the symbol.
/// What nobody recorded is NotFound.
/// Errors: Io (no such folder, unreadable index), naming the file.
Result<std::unique_ptr<Source>> makeRecordedSource(const QString &directory, const Clock &clock);

} // namespace insitecache
