// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/fetchjoin.h"

namespace insitecache {

FetchJoin::FetchJoin(std::vector<CacheKey> keys, Source::Done done) : m_state(std::make_shared<State>())
{
    for (const CacheKey &key : keys)
        m_state->fetched.push_back({key, fail(ErrorCode::Internal, "not answered"), {}});
    m_state->open = keys.size();
    m_state->keys = std::move(keys);
    m_state->done = std::move(done);
    if (m_state->open == 0)
        m_state->done({});
}

void FetchJoin::answer(std::size_t index, Result<std::string> payload, std::string origin, UpstreamLife life) const
{
    Fetched &fetched = m_state->fetched[index];
    fetched.payload = std::move(payload);
    fetched.origin = std::move(origin);
    fetched.life = life;
    if (--m_state->open == 0)
        m_state->done(std::move(m_state->fetched));
}

} // namespace insitecache
