// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/echofilter.h"

namespace insitecache {

namespace {
constexpr auto echoLimit = std::chrono::seconds(10);
constexpr std::size_t echoesRemembered = 200'000;
} // namespace

bool EchoFilter::isEcho(const std::string &name, HeardFrom from)
{
    const SteadyTime now = m_clock.now();
    const auto [place, isNew] = m_told.try_emplace(name, Told{from, 0, now});
    Told &told = place->second;
    if (!isNew && now - told.last > echoLimit)
        told = {from, 0, now};
    if (told.from == from) {
        ++told.times;
        told.last = now;
        return false;
    }
    if (--told.times == 0)
        m_told.erase(place);
    return true;
}

std::optional<Selector> EchoFilter::newOf(const std::string &origin, const Selector &which, HeardFrom from)
{
    if (m_told.size() > echoesRemembered)
        std::erase_if(m_told, [now = m_clock.now()](const auto &item) { return now - item.second.last > echoLimit; });
    if (m_told.size() > echoesRemembered)
        m_told.clear();
    const auto *named = which.namedKeys();
    if (!named)
        return isEcho(origin + '\n' + which.toWire(), from) ? std::nullopt : std::optional(which);
    std::vector<CacheKey> fresh;
    for (const CacheKey &key : *named) {
        if (!isEcho(origin + '\n' + key.text(), from))
            fresh.push_back(key);
    }
    return fresh.empty() ? std::nullopt : std::optional(Selector::keys(std::move(fresh)));
}

} // namespace insitecache
