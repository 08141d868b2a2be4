// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <insitecache/sources/source.h>

namespace insitecache {

/// Puts answers that come one by one, in any order, back into the order of the keys, and hands them on when the last
/// has come. A value type: copies share the one collection. Cache thread only.
class FetchJoin {
public:
    FetchJoin(std::vector<CacheKey> keys, Source::Done done);

    const std::vector<CacheKey> &keys() const { return m_state->keys; }
    /// Once for every index; the last call runs `done`.
    void answer(std::size_t index, Result<std::string> payload, std::string origin, UpstreamLife life = {}) const;

private:
    struct State {
        std::vector<CacheKey> keys;
        std::vector<Fetched> fetched;
        std::size_t open = 0;
        Source::Done done;
    };
    std::shared_ptr<State> m_state;
};

} // namespace insitecache
