// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/demo/demoprovider.h"
#include "sources/demo/demosocial.h"

namespace insitecache {

/// Reddit as the demo has it: the token endpoint, search and listings of four subreddits. The token tells when it was
/// made and ends after an hour, so nothing is remembered.
class DemoReddit final : public DemoProvider {
    Q_OBJECT

public:
    explicit DemoReddit(const World &world);

    QString clientId() const { return QStringLiteral("insitecache-demo"); }
    QString clientSecret() const;

protected:
    Response rateLimited(Endpoint endpoint) override;
    Response outOfService() override;
    Response noSuchPath() override;

private:
    Response token(const QHttpServerRequest &request);
    Response search(const QString &subreddits, const QHttpServerRequest &request);
    Response listing(const QString &subreddits, const QString &sort, const QHttpServerRequest &request);
    /// What stands against an answer, if anything: token, quota, subreddits.
    std::optional<Response> refusal(const QString &subreddits, const QHttpServerRequest &request);
    Response page(std::vector<DemoPost> posts, const QStringList &places, const QHttpServerRequest &request);
    Response withQuota(Response response) const;

    QByteArray tokenOf(std::int64_t issued) const;
    bool isToken(const QByteArray &token) const;

    DemoQuota m_quota, m_tokenQuota;
};

} // namespace insitecache
