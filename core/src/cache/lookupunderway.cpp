// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/lookupunderway.h"

#include <utility>

namespace insitecache {

OpenLookups::OpenLookups(std::vector<CacheKey> all, std::vector<std::size_t> open) : places(std::move(open))
{
    if (places.size() == all.size()) {
        keys = std::move(all);
        return;
    }
    keys.reserve(places.size());
    for (const std::size_t i : places)
        keys.push_back(std::move(all[i]));
}

void OpenLookups::put(std::vector<Lookup> found, std::vector<Lookup> &answers) const
{
    for (std::size_t i = 0; i < places.size(); ++i)
        answers[places[i]] = std::move(found[i]);
}

void OpenLookups::leaveAnswered(const std::vector<Lookup> &answers)
{
    std::size_t open = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (answers[places[i]].answeredBy != Stage::None)
            continue;
        if (open != i)
            keys[open] = std::move(keys[i]);
        places[open++] = places[i];
    }
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(open), keys.end());
    places.resize(open);
}

void LookupUnderWay::keepPromise()
{
    promise.addResult(std::move(answers));
    promise.finish();
}

void keepPromises(const std::vector<LookupPtr> &lookups)
{
    for (auto lookup = lookups.rbegin(); lookup != lookups.rend(); ++lookup)
        (*lookup)->keepPromise();
}

} // namespace insitecache
