// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyrun.h"

#include <algorithm>
#include <chrono>

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <poll.h>
#include <unistd.h>

namespace insitecache {

namespace {

constexpr double secondsToStart = 20, secondsToQuiet = 20, secondsToConverge = 5;
constexpr int verifyTick = 2; ///< milliseconds: what happens in a shared register wakes nobody
constexpr Duration withRedis = std::chrono::milliseconds(50);
constexpr Duration throughTheDatabase = std::chrono::milliseconds(1500); ///< asked once a second
constexpr Duration toRecover = std::chrono::seconds(2);

} // namespace

VerifyRun::VerifyRun(const VerifyOptions &options, const Settings &settings) : m_options(options), m_settings(settings)
{}

Duration VerifyRun::bound() const
{
    if (m_options.bound)
        return *m_options.bound;
    return m_plan.redis ? withRedis : throughTheDatabase;
}

std::int64_t VerifyRun::now() const
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Turns of the event loop notice a process that has ended.
void VerifyRun::pause() const
{
    QCoreApplication::processEvents();
    ::poll(nullptr, 0, verifyTick);
}

Result<VerifyReport> VerifyRun::run(const std::function<bool()> &interrupted)
{
    m_interrupted = interrupted;
    for (const auto step : {&VerifyRun::prepare, &VerifyRun::startWorkers, &VerifyRun::work, &VerifyRun::settle}) {
        if (Status ok = (this->*step)(); !ok)
            return tl::unexpected(ok.error());
    }
    return judge();
}

Status VerifyRun::prepare()
{
    m_plan.directory = m_directory.path().toStdString();
    m_plan.seed = m_options.seed;
    const std::string space = "verify-" + std::to_string(::getpid());
    if (!m_settings.redisOff) {
        m_plan.redis = m_settings.redis.value_or(RedisTierOptions());
        m_plan.redis->space = space;
    }
    if (!m_settings.redisOff && !m_settings.redis) {
        auto server = VerifyServer::start(m_plan.directory, !m_options.faults.empty());
        if (!server)
            return tl::unexpected(server.error());
        m_server = std::move(*server);
        m_plan.redis->url = m_server->url();
    }
    if (m_settings.database) {
        m_plan.database.emplace();
        m_plan.database->url
            = m_settings.databaseNamed ? m_settings.database->url : "sqlite:" + m_plan.directory + "/verify.db";
        m_plan.database->space = space;
    }
    auto made = VerifyRegister::create(m_plan.registerPath());
    if (!made)
        return tl::unexpected(made.error());
    m_register = std::move(*made);
    return m_plan.write();
}

VerifyRun::~VerifyRun()
{
    for (const auto &worker : m_workers)
        worker->kill();
    for (const auto &worker : m_workers)
        worker->waitForFinished();
}

Status VerifyRun::startWorkers()
{
    for (int i = 0; i < m_options.processes; ++i) {
        m_workers.push_back(std::make_unique<QProcess>());
        QProcess &worker = *m_workers.back();
        worker.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        worker.setStandardOutputFile(QProcess::nullDevice());
        worker.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("verify"), QStringLiteral("worker"), m_directory.path(), QString::number(i)});
    }
    return waitUntil(
        [this] { return allWorkers([](const auto &p) { return p.state == VerifyRegister::State::Ready; }); },
        secondsToStart, "did not start");
}

bool VerifyRun::allWorkers(const std::function<bool(const VerifyRegister::Process &)> &are) const
{
    const auto *first = m_register->shared().processes;
    return std::all_of(first, first + m_options.processes, are);
}

Status VerifyRun::checkWorkers()
{
    if (m_interrupted())
        return fail(ErrorCode::Cancelled, "interrupted: nothing was verified");
    for (std::size_t i = 0; i < m_workers.size(); ++i) {
        if (m_workers[i]->state() == QProcess::NotRunning)
            return fail(ErrorCode::Internal, "process " + std::to_string(i) + " of the run has ended by itself",
                "its last words stand above");
    }
    return {};
}

Status VerifyRun::waitUntil(const std::function<bool()> &done, double seconds, const char *what)
{
    const QDeadlineTimer patience(static_cast<qint64>(seconds * 1000));
    while (!done()) {
        if (Status ok = checkWorkers(); !ok)
            return ok;
        if (patience.hasExpired())
            return fail(ErrorCode::Timeout,
                "the processes " + std::string(what) + " within " + std::to_string(static_cast<int>(seconds)) + " s",
                "try fewer --processes");
        pause();
    }
    return {};
}

Status VerifyRun::work()
{
    const auto random = Random::seeded(m_options.seed);
    m_faults = planFaults(m_options.faults, m_options.seconds, *random);
    QElapsedTimer clock;
    clock.start();
    m_register->shared().phase = VerifyRegister::Phase::Run;
    std::size_t next = 0;
    bool broken = false;
    for (;;) {
        const double elapsed = static_cast<double>(clock.nsecsElapsed()) * 1e-9;
        if (next < m_faults.size() && elapsed >= (broken ? m_faults[next].to : m_faults[next].from)) {
            const VerifyFault fault = m_faults[next].fault;
            if (!broken) {
                m_broken.push_back({now(), now()});
                m_server->begin(fault);
            } else if (Status ok = m_server->heal(fault); !ok) {
                return ok;
            }
            next += broken ? 1 : 0;
            broken = !broken;
            m_broken.back().to = now() + toRecover.count();
        }
        if (broken)
            m_broken.back().to = now() + toRecover.count();
        m_report.seconds = elapsed;
        if (elapsed >= m_options.seconds && !broken)
            return {};
        if (Status ok = checkWorkers(); !ok)
            return ok;
        pause();
    }
}

// What is under way is carried out; then every process says what each of its tiers holds, until nothing is old.
Status VerifyRun::settle()
{
    m_register->shared().phase = VerifyRegister::Phase::Stop;
    const Status quiet = waitUntil(
        [this] { return allWorkers([](const auto &p) { return p.state == VerifyRegister::State::Quiet; }); },
        secondsToQuiet, "did not come to rest");
    if (!quiet)
        return quiet;
    m_register->shared().phase = VerifyRegister::Phase::Inspect;
    QElapsedTimer clock;
    clock.start();
    do {
        if (Status ok = inspect(); !ok)
            return ok;
        m_report.convergedMs = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
    } while (!oldCopies().empty() && m_report.convergedMs < secondsToConverge * 1000);
    return {};
}

Status VerifyRun::inspect()
{
    const std::uint32_t round = ++m_register->shared().round;
    return waitUntil([this, round] { return allWorkers([round](const auto &p) { return p.inspected == round; }); },
        secondsToQuiet, "did not say what they hold");
}

/// What cannot be read counts as the oldest version: nobody knows what it is.
std::vector<VerifyHolding> VerifyRun::oldCopies() const
{
    std::vector<VerifyHolding> old;
    const auto &shared = m_register->shared();
    for (int process = 0; process < m_options.processes; ++process) {
        for (const auto &tier : shared.processes[process].held) {
            for (std::size_t key = 0; key < VerifyRegister::keyCount; ++key) {
                const std::uint32_t held = tier[key];
                const bool isOld = held == VerifyRegister::unreadable
                    || (held != VerifyRegister::nothing && held - 1 != shared.versions[key]);
                if (isOld)
                    old.push_back({static_cast<std::uint16_t>(key), held == VerifyRegister::unreadable ? 0 : held - 1});
            }
        }
    }
    return old;
}

Result<VerifyReport> VerifyRun::judge()
{
    m_register->shared().phase = VerifyRegister::Phase::End;
    for (const auto &worker : m_workers) {
        if (!worker->waitForFinished() || worker->exitCode() != 0)
            return fail(ErrorCode::Internal, "a process of the run did not end well");
    }
    std::vector<std::vector<VerifyRecord>> histories;
    for (int i = 0; i < m_options.processes; ++i) {
        auto history = VerifyLog::read(m_plan.historyPath(i));
        if (!history)
            return tl::unexpected(history.error());
        histories.push_back(std::move(*history));
        const auto &process = m_register->shared().processes[i];
        m_report.invalidations += process.invalidations;
        m_report.partial += process.partial;
        m_report.unanswered += process.unanswered;
    }
    const std::vector<VerifyHolding> old = oldCopies();
    m_report.findings = checkHistories(histories, m_broken, bound());
    m_report.staleAtEnd = old.size();
    m_report.lostInvalidations = countLost(histories, old);
    m_report.faults = m_faults;
    return m_report;
}

} // namespace insitecache
