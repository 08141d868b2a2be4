// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/demo/demoprovider.h"

namespace insitecache {

/// Yahoo Finance as the demo has it: cookie, crumb, quotes, charts, search and trending.
///
/// A crumb belongs to its cookie and to a quarter of a day; the one before is still taken. Quotes want both, with
/// Yahoo's own words in a 401 otherwise; the rest wants neither.
class DemoYahoo final : public DemoProvider {
    Q_OBJECT

public:
    explicit DemoYahoo(const World &world);

protected:
    Response rateLimited(Endpoint endpoint) override;
    Response outOfService() override;
    Response noSuchPath() override;

private:
    Response cookie();
    Response crumb(const QHttpServerRequest &request);
    Response quotes(const QHttpServerRequest &request);
    Response chart(const QString &symbol, const QHttpServerRequest &request);
    Response search(const QHttpServerRequest &request);
    Response trending(const QString &region, const QHttpServerRequest &request);

    /// The A3 cookie of the request, if it is one of ours.
    QByteArray cookieOf(const QHttpServerRequest &request) const;
    QByteArray crumbOf(const QByteArray &cookie, std::int64_t period) const;
    bool isCrumb(const QByteArray &cookie, const QString &crumb) const;

    std::int64_t m_cookies = 0; ///< given out so far
};

} // namespace insitecache
