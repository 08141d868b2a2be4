// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include <QString>

#include "sources/demo/democatalogue.h"
#include "sources/demo/demophrases.h"
#include "sources/demo/demoprices.h"

namespace insitecache {

struct DemoPost {
    std::int64_t time = 0;  ///< epoch seconds
    std::uint64_t mark = 0; ///< tells posts of one second apart
    QString title, body;    ///< body is empty for a short post
    QString author;
    QString place; ///< the subreddit; empty for a short post
    bool korean = false;
    DemoMood mood = DemoMood::Neutral;
    long long likes = 0, replies = 0, shares = 0;
};

/// What people of the demo say about an instrument. Time is cut into slots, shorter ones for better known
/// instruments, and most slots hold one post at a place, in words and with a mood that are hashes of slot and symbol.
/// The mood follows a walk of its own and the change of the day. Likes and replies grow with a post's age.
/// Immutable; any thread.
class DemoPosts {
public:
    enum class Channel { Reddit, X };

    DemoPosts(std::uint64_t seed, const DemoPrices &prices);

    /// Posts in [from, to), the newest first, at most `limit`, as they look at `now`.
    std::vector<DemoPost> find(const DemoInstrument &instrument, Channel channel, std::int64_t from, std::int64_t to,
        std::int64_t now, std::size_t limit) const;
    /// −1 … +1: what people think of it at that time.
    double mood(const DemoInstrument &instrument, std::int64_t time) const;

private:
    DemoPost post(const DemoInstrument &instrument, Channel channel, const DemoNoise &noise, std::int64_t time,
        std::int64_t now) const;
    void react(DemoPost &post, const DemoInstrument &instrument, const DemoNoise &noise, std::int64_t now) const;

    DemoNoise m_seed;
    const DemoPrices &m_prices;
};

} // namespace insitecache
