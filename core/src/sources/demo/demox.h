// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/demo/demoprovider.h"
#include "sources/demo/demosocial.h"

namespace insitecache {

/// X API v2 as the demo has it: recent search.
class DemoX final : public DemoProvider {
    Q_OBJECT

public:
    explicit DemoX(const World &world);

    QString bearerToken() const;

protected:
    Response rateLimited(Endpoint endpoint) override;
    Response outOfService() override;
    Response noSuchPath() override;

private:
    Response search(const QHttpServerRequest &request);
    Response page(const QHttpServerRequest &request);
    Response dated(Response response) const;
    Response withQuota(Response response) const;

    DemoQuota m_quota;
};

} // namespace insitecache
