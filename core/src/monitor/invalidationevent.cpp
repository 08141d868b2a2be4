// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/invalidationevent.h"

#include <algorithm>

namespace insitecache {

namespace {

constexpr Millis worthTelling{5'000};

EventKind invalidationKind(const Selector &which)
{
    const auto *named = which.namedKeys();
    return named && named->size() == 1 ? EventKind::Invalidation : EventKind::InvalidationOfMany;
}

void addFigure(std::string &text, const char *name, std::uint64_t figure)
{
    text += (text.empty() ? "" : ", ") + std::string(name) + ' ' + std::to_string(figure);
}

void addFailures(Event &event, const std::vector<InvalidationPreview::Failure> &failures)
{
    for (const auto &failure : failures) {
        event.severity = EventSeverity::Warning;
        event.detail += "; " + std::string(stageName(failure.stage)) + ": " + failure.error.toString();
    }
}

} // namespace

Event invalidationEvent(WallTime time, const Invalidation &what, const InvalidationResult &result)
{
    Event event{.time = time,
        .kind = invalidationKind(what.which),
        .cause = EventCause::Manual,
        .target = what.which.describe(),
        .count = result.deleted,
        .reason = what.reason};
    std::copy(std::begin(what.tiers), std::end(what.tiers), event.tiers);
    addFigure(event.detail, "requested", result.requested);
    addFigure(event.detail, "verified", result.verified);
    if (what.dependents)
        addFigure(event.detail, "dependents", result.dependents);
    if (what.expire)
        event.detail += ", expired instead of deleted";
    if (result.everything)
        event.detail += ", all keys taken";
    addFailures(event, result.partial);
    return event;
}

Event invalidationEvent(const CarriedOut &carriedOut)
{
    Event event = invalidationEvent(carriedOut.time, carriedOut.scheduled.what, carriedOut.result);
    event.kind = EventKind::ScheduledInvalidation;
    event.cause = EventCause::Scheduled;
    event.detail += "; by " + carriedOut.scheduled.by;
    if (carriedOut.late() > worthTelling)
        event.detail += ", late " + std::to_string(carriedOut.late().count() / 1000) + " s";
    return event;
}

Event undoEvent(WallTime time, const UndoResult &result)
{
    Event event{.time = time, .kind = EventKind::Undo, .cause = EventCause::Manual, .count = result.restored};
    addFigure(event.detail, "newer", result.newer);
    addFigure(event.detail, "expired", result.expired);
    addFailures(event, result.partial);
    return event;
}

} // namespace insitecache
