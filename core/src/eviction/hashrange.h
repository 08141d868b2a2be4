// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace insitecache {

/// Which of `count` places a hash falls to, by its upper half: any number of places will do, and what fell to one of
/// `n` falls to one of the `k` in its stead when there are `n * k` (Lemire, "Fast Random Integer Generation in an
/// Interval", ACM TOMACS 2019).
inline std::size_t placeInRange(std::uint64_t hash, std::size_t count)
{
    return std::size_t(((hash >> 32) * count) >> 32);
}

/// Places for about `wanted`, a whole multiple of what there is, each a copy of the one that its hashes fell to before:
/// so whatever was found is found again.
template <class Place>
void stretch(std::vector<Place> &places, std::size_t wanted)
{
    if (places.empty()) {
        places.resize(wanted);
        return;
    }
    const std::size_t times = (wanted + places.size() / 2) / places.size();
    if (times < 2)
        return;
    std::vector<Place> result(places.size() * times);
    for (std::size_t i = 0; i < result.size(); ++i)
        result[i] = places[i / times];
    places.swap(result);
}

} // namespace insitecache
