// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/scheduler.h"

#include <utility>

#include <QLoggingCategory>
#include <QSysInfo>

#include <pwd.h>
#include <unistd.h>

#include "coherence/invalidator.h"

namespace insitecache {

namespace {

Q_LOGGING_CATEGORY(scheduleLog, "insitecache.schedule")

constexpr std::size_t carriedOutKept = 100;
constexpr Millis lateFrom{5'000};

std::string userAtHost()
{
    const passwd *user = ::getpwuid(::getuid());
    const std::string name = user ? user->pw_name : std::to_string(::getuid());
    return name + '@' + QSysInfo::machineHostName().toStdString();
}

tl::unexpected<Error> noDatabase()
{
    return fail(ErrorCode::Unavailable, "scheduled invalidations are kept in the database, and there is none",
        "start with --database");
}

} // namespace

void Scheduler::add(const Invalidation &what, WallTime due, TieredCache::Callback<Result<ScheduledInvalidation>> done)
{
    const WallTime now = m_context.parts.clock->wall();
    if (due < now)
        return done(fail(ErrorCode::InvalidArgument,
            "that time was " + std::to_string((now - due).count() / 1000) + "."
                + std::to_string((now - due).count() % 1000 / 100) + " s ago",
            "name a time to come, or invalidate now"));
    if (!m_context.parts.schedule)
        return done(noDatabase());
    ScheduledInvalidation scheduled{0, what, due, now, userAtHost()};
    scheduled.what.undoable = false;
    m_context.parts.schedule->addScheduled(scheduled, std::move(done));
}

void Scheduler::list(TieredCache::Callback<Result<std::vector<ScheduledInvalidation>>> done)
{
    if (!m_context.parts.schedule)
        return done(noDatabase());
    m_context.parts.schedule->scheduled(std::move(done));
}

void Scheduler::cancel(std::uint64_t id, TieredCache::Callback<Result<bool>> done)
{
    if (!m_context.parts.schedule)
        return done(noDatabase());
    m_context.parts.schedule->cancelScheduled(id, std::move(done));
}

void Scheduler::carryOutDue(std::function<void()> done)
{
    if (!m_context.parts.schedule || m_context.closed)
        return done();
    m_whenDone.push_back(std::move(done));
    if (m_current != 0)
        m_context.parts.schedule->renewDue(m_current, [](const Status &) {});
    if (std::exchange(m_busy, true))
        return;
    takeNext();
}

void Scheduler::takeNext()
{
    if (m_context.closed)
        return finish();
    m_context.parts.schedule->takeDue([this](const Result<std::optional<ScheduledInvalidation>> &due) {
        if (!due)
            qCWarning(scheduleLog, "%s", due.error().toString().c_str());
        if (!due || !*due)
            return finish();
        carryOut(**due);
    });
}

void Scheduler::carryOut(const ScheduledInvalidation &due)
{
    m_current = due.id;
    std::make_shared<Invalidator>(m_context, due.what, [this, due](InvalidationResult result) {
        carriedOut(due, std::move(result));
    })->start();
}

void Scheduler::carriedOut(const ScheduledInvalidation &due, InvalidationResult result)
{
    bool left[tierCount] = {};
    for (const auto &failure : result.partial)
        left[static_cast<std::size_t>(failure.stage)] = due.what.tiers[static_cast<std::size_t>(failure.stage)];
    CarriedOut event{due, std::move(result), m_context.parts.clock->wall()};
    if (event.late() > lateFrom)
        qCInfo(scheduleLog, "the invalidation of %s was carried out %lld s late: nobody was running when it was due",
            due.what.which.describe().c_str(), static_cast<long long>(event.late().count() / 1000));
    m_context.parts.metrics->scheduled.add();
    m_carriedOut.push_back(std::move(event));
    if (m_carriedOut.size() > carriedOutKept)
        m_carriedOut.pop_front();
    m_context.parts.schedule->settleDue(due.id, left, [this](const Status &settled) {
        m_current = 0;
        // Whoever takes it next does it once more; trying on at once would do so without end.
        if (!settled)
            return finish();
        takeNext();
    });
}

void Scheduler::finish()
{
    m_busy = false;
    for (const auto &done : std::exchange(m_whenDone, {}))
        done();
}

std::vector<CarriedOut> Scheduler::takeCarriedOut()
{
    std::vector<CarriedOut> taken(m_carriedOut.begin(), m_carriedOut.end());
    m_carriedOut.clear();
    return taken;
}

} // namespace insitecache
