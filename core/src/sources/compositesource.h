// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/sources/source.h>

#include "sources/http/transport.h"

namespace insitecache {

/// Several sources as one: a key goes to the first that serves its type, and the answers come back in the order of
/// the keys. It owns the transport that they share, and closes it after them.
class CompositeSource final : public Source {
public:
    CompositeSource(std::vector<std::unique_ptr<Source>> parts, std::shared_ptr<HttpTransport> transport);
    ~CompositeSource() override;

    bool serves(std::string_view type) const override;
    void fetch(std::vector<CacheKey> keys, Done done) override;
    std::vector<SourceStatus> status() const override;
    std::vector<ProviderCalls> callsFor(std::string_view type) const override;
    void close() override;

private:
    Source *partFor(std::string_view type) const;

    std::vector<std::unique_ptr<Source>> m_parts;
    std::shared_ptr<HttpTransport> m_transport;
};

} // namespace insitecache
