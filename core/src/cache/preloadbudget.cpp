// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/preloadbudget.h"

#include <algorithm>
#include <cmath>

namespace insitecache {

namespace {

double allowedBy(const SourceStatus &provider, double share, double most)
{
    if (!provider.configured)
        return most;
    if (provider.frozenFor)
        return 0;
    if (!provider.callsLeft)
        return most;
    const auto left = double(*provider.callsLeft);
    const double remaining = provider.quotaRemaining.value_or(0);
    if (remaining <= 0)
        return 0;
    const double total = left / remaining;
    return std::floor(left - (1 - share) * total + 1e-6);
}

} // namespace

std::size_t preloadAllowance(const std::vector<SourceStatus> &providers, double share, std::size_t most)
{
    if (share <= 0)
        return 0;
    double allowed = double(most);
    for (const SourceStatus &provider : providers)
        allowed = std::min(allowed, allowedBy(provider, share, double(most)));
    return static_cast<std::size_t>(std::max(0.0, allowed));
}

} // namespace insitecache
