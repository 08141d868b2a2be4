// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/lookuppath.h"

#include <algorithm>

#include <QCoreApplication>
#include <QStringList>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class LookupPathWords {
    Q_DECLARE_TR_FUNCTIONS(LookupPath)
};

Millis wholeMillis(Duration d)
{
    return std::chrono::duration_cast<Millis>(d);
}

QString answerNote(const Lookup &lookup)
{
    QStringList notes;
    if (lookup.stale)
        notes += LookupPathWords::tr("served %1 past its time", "duration")
                     .arg(format::duration(wholeMillis(-lookup.ttl)));
    else if (lookup.ttl > Duration::zero())
        notes += LookupPathWords::tr("TTL %1").arg(format::duration(wholeMillis(lookup.ttl)));
    if (lookup.refreshing)
        notes += LookupPathWords::tr("refreshing in the background");
    return notes.join(QStringLiteral(" · "));
}

bool isFailure(Outcome outcome)
{
    return outcome == Outcome::Corrupt || outcome == Outcome::Timeout || outcome == Outcome::Open
        || outcome == Outcome::Error;
}

void describeStep(const Lookup &lookup, const LookupStep &taken, PathStep &step)
{
    step.asked = taken.outcome != Outcome::Skipped;
    step.answered = step.asked && lookup.answeredBy == taken.stage;
    step.failed = isFailure(taken.outcome);
    step.tookMs = toMillisF(taken.took);
    const bool fromSource = taken.stage == Stage::Source && taken.outcome == Outcome::Hit;
    step.outcome = fromSource ? LookupPathWords::tr("answered") : format::outcome(taken.outcome);
    if (taken.error)
        step.note = format::error(*taken.error);
    else if (step.answered)
        step.note = answerNote(lookup);
    else if (taken.outcome == Outcome::Miss && taken.why)
        step.note = format::missReason(*taken.why);
    else if (taken.outcome == Outcome::Skipped)
        step.note = LookupPathWords::tr("not used for this type, or off");
}

} // namespace

std::array<PathStep, 4> pathOf(const Lookup &lookup)
{
    std::array<PathStep, 4> path;
    double start = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        path[i].stage = static_cast<Stage>(i);
        path[i].outcome = LookupPathWords::tr("not asked");
    }
    for (int i = 0; i < lookup.stepCount; ++i) {
        const LookupStep &taken = lookup.steps[static_cast<std::size_t>(i)];
        if (taken.stage == Stage::None)
            continue;
        PathStep &step = path[static_cast<std::size_t>(taken.stage)];
        describeStep(lookup, taken, step);
        step.startMs = start;
        start += step.tookMs;
    }
    return path;
}

double pathSpanMs(const Lookup &lookup)
{
    double sum = 0;
    for (const PathStep &step : pathOf(lookup))
        sum += step.tookMs;
    return std::max(sum, toMillisF(lookup.total));
}

QString storedText(const Lookup &lookup)
{
    QStringList tiers;
    for (int i = tierCount; i-- > 0;) {
        if (lookup.stored[i])
            tiers += format::stage(static_cast<Stage>(i));
    }
    if (tiers.isEmpty())
        return {};
    const QString where = LookupPathWords::tr("Stored in %1", "tiers").arg(tiers.join(QStringLiteral(", ")));
    if (lookup.ttl <= Duration::zero())
        return where;
    return where + QStringLiteral(" · ") + LookupPathWords::tr("TTL %1").arg(format::duration(wholeMillis(lookup.ttl)));
}

QString totalText(const Lookup &lookup)
{
    const QString total = LookupPathWords::tr("Total %1").arg(format::millis(toMillisF(lookup.total)));
    return lookup.collapsed
        ? total + QStringLiteral(" · ") + LookupPathWords::tr("joined another lookup of the same key")
        : total;
}

QString stepSentence(const PathStep &step)
{
    QStringList parts{format::stage(step.stage), step.outcome};
    if (step.asked)
        parts += format::millis(step.tookMs);
    if (!step.note.isEmpty())
        parts += step.note;
    return parts.join(QStringLiteral(", "));
}

} // namespace insitecache
