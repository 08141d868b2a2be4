// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/invalidationmarker.h"

namespace insitecache {

namespace {

constexpr Millis worthTelling{5'000};

std::string invalidationText(const Invalidation &what, const InvalidationResult &result)
{
    std::string text = what.which.describe() + " · " + std::to_string(result.deleted);
    if (!what.reason.empty())
        text += " · " + what.reason;
    for (const auto &failure : result.partial)
        text += " · " + std::string(stageName(failure.stage)) + " ✖";
    return text;
}

Marker::Kind markerKind(const Selector &which)
{
    const auto *named = which.namedKeys();
    return named && named->size() == 1 ? Marker::Kind::Invalidation : Marker::Kind::InvalidationOfMany;
}

} // namespace

Marker invalidationMarker(WallTime time, const Invalidation &what, const InvalidationResult &result)
{
    return {time, markerKind(what.which), invalidationText(what, result)};
}

Marker invalidationMarker(const CarriedOut &carriedOut)
{
    Marker marker = invalidationMarker(carriedOut.time, carriedOut.scheduled.what, carriedOut.result);
    marker.kind = Marker::Kind::ScheduledInvalidation;
    marker.text += " · " + carriedOut.scheduled.by;
    if (carriedOut.late() > worthTelling)
        marker.text += " · late " + std::to_string(carriedOut.late().count() / 1000) + " s";
    return marker;
}

} // namespace insitecache
