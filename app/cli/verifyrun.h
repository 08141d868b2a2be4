// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include "cli/verifyoracle.h"
#include "cli/verifyplan.h"
#include "cli/verifyregister.h"
#include "cli/verifyserver.h"

namespace insitecache {

/// How a run came out.
struct VerifyReport {
    VerifyFindings findings;
    double seconds = 0;
    std::uint64_t invalidations = 0; ///< acknowledged calls
    std::uint64_t partial = 0;       ///< calls that could not reach a tier, and said so
    std::uint64_t unanswered = 0;    ///< reads that gave no value
    std::uint64_t staleAtEnd = 0;    ///< copies, in whatever tier, that were old when everything was over
    std::uint64_t lostInvalidations = 0;
    std::vector<VerifyFaultTime> faults;
    double convergedMs = 0; ///< until no tier had an old copy any more

    std::uint64_t staleReads() const { return findings.staleOwn + findings.staleLate; }
    bool hasPassed() const
    {
        return findings.bad == 0 && staleAtEnd == 0 && lostInvalidations == 0 && findings.reads > 0
            && invalidations > 0;
    }
};

/// One run: starts a Redis, a database and the processes in a directory of its own, lets them work, breaks things,
/// and asks what is left. Everything it started ends with it. Main thread only.
class VerifyRun {
public:
    VerifyRun(const VerifyOptions &options, const Settings &settings);
    ~VerifyRun();
    /// `interrupted` is asked again and again. Errors: Cancelled when it said yes; Io, Unavailable, Internal.
    Result<VerifyReport> run(const std::function<bool()> &interrupted);

    /// What a read in another process may be late by while nothing is broken.
    Duration bound() const;

private:
    Status prepare();
    Status startWorkers();
    Status work();
    Status settle();
    Result<VerifyReport> judge();
    Status inspect();
    std::vector<VerifyHolding> oldCopies() const;
    Status waitUntil(const std::function<bool()> &done, double seconds, const char *what);
    Status checkWorkers();
    bool allWorkers(const std::function<bool(const VerifyRegister::Process &)> &are) const;
    void pause() const;
    std::int64_t now() const;

    VerifyOptions m_options;
    const Settings &m_settings;
    std::function<bool()> m_interrupted;
    QTemporaryDir m_directory;
    std::unique_ptr<VerifyServer> m_server;
    VerifyPlan m_plan;
    std::unique_ptr<VerifyRegister> m_register;
    std::vector<std::unique_ptr<QProcess>> m_workers;
    std::vector<VerifyFaultTime> m_faults;
    std::vector<VerifyWindow> m_broken;
    VerifyReport m_report;
};

} // namespace insitecache
