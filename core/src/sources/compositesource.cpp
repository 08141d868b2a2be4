// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/compositesource.h"

#include <map>

#include "sources/fetchjoin.h"

namespace insitecache {

CompositeSource::CompositeSource(std::vector<std::unique_ptr<Source>> parts, std::shared_ptr<HttpTransport> transport) :
    m_parts(std::move(parts)), m_transport(std::move(transport))
{}

CompositeSource::~CompositeSource()
{
    CompositeSource::close();
}

Source *CompositeSource::partFor(std::string_view type) const
{
    for (const auto &part : m_parts) {
        if (part->serves(type))
            return part.get();
    }
    return nullptr;
}

bool CompositeSource::serves(std::string_view type) const
{
    return partFor(type) != nullptr;
}

void CompositeSource::fetch(std::vector<CacheKey> keys, Done done)
{
    const FetchJoin join(std::move(keys), std::move(done));
    std::map<Source *, std::vector<std::size_t>> shares;
    for (std::size_t i = 0; i < join.keys().size(); ++i)
        shares[partFor(join.keys()[i].type())].push_back(i);
    for (const auto &[part, indexes] : shares) {
        std::vector<CacheKey> share;
        for (const std::size_t index : indexes) {
            if (part)
                share.push_back(join.keys()[index]);
            else
                join.answer(index,
                    fail(ErrorCode::Unconfigured,
                        "no source serves the type '" + std::string(join.keys()[index].type()) + "'"),
                    {});
        }
        if (!part)
            continue;
        part->fetch(std::move(share), [join, indexes = indexes](std::vector<Fetched> fetched) {
            for (std::size_t i = 0; i < indexes.size(); ++i)
                join.answer(indexes[i], std::move(fetched[i].payload), std::move(fetched[i].origin));
        });
    }
}

std::vector<SourceStatus> CompositeSource::status() const
{
    std::vector<SourceStatus> all;
    for (const auto &part : m_parts) {
        for (SourceStatus &status : part->status())
            all.push_back(std::move(status));
    }
    return all;
}

std::vector<ProviderCalls> CompositeSource::callsFor(std::string_view type) const
{
    const Source *part = partFor(type);
    return part ? part->callsFor(type) : std::vector<ProviderCalls>();
}

void CompositeSource::close()
{
    for (const auto &part : m_parts)
        part->close();
    m_transport->close();
}

} // namespace insitecache
