// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

struct redisContext;

namespace insitecache::bench {

/// hiredis' own blocking pipeline, with keys of its own on the given server: the least that reading from Redis costs.
/// One thread.
class HiredisPeer {
public:
    /// Null when the server cannot be reached or refuses the `keys` values that are written first.
    static std::unique_ptr<HiredisPeer> connect(const std::string &socket, std::size_t keys, std::size_t valueBytes);

    std::string keyOf(std::size_t at) const { return "peer:" + std::to_string(at % m_keys); }
    /// `count` GETs in one pipeline, from the key `first` on. False when one of them was not there.
    bool get(std::size_t first, std::size_t count);

private:
    struct Free {
        void operator()(redisContext *context) const;
    };
    using Context = std::unique_ptr<redisContext, Free>;
    HiredisPeer(Context context, std::size_t keys) : m_context(std::move(context)), m_keys(keys) {}

    Context m_context;
    std::size_t m_keys;
};

} // namespace insitecache::bench
