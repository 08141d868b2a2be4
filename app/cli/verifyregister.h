// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <QFile>

#include <insitecache/base/cachekey.h>
#include <insitecache/base/error.h>
#include <insitecache/tiers/tier.h>

namespace insitecache {

/// The source of truth of a run of `verify`, and how its processes keep step: a file that all of them have mapped.
/// Any thread, any process.
class VerifyRegister {
public:
    static constexpr std::string_view type = "verify";
    static constexpr std::size_t groups = 32, keysOfGroup = 8, keyCount = groups * keysOfGroup;
    static constexpr std::size_t maxProcesses = 16;

    enum class Phase : std::uint32_t { Prepare, Run, Stop, Inspect, End };
    enum class State : std::uint32_t { Starting, Ready, Quiet, Failed };
    /// What a tier holds of a key.
    static constexpr std::uint32_t nothing = 0, unreadable = 0xFFFFFFFF; ///< else the version plus one

    struct Process {
        std::atomic<State> state;
        std::atomic<std::uint32_t> inspected; ///< the last round of Phase::Inspect that it has answered
        std::atomic<std::uint64_t> invalidations, partial, reads, unanswered;
        std::atomic<std::uint32_t> held[tierCount][keyCount];
    };
    struct Shared {
        std::atomic<Phase> phase;
        std::atomic<std::uint32_t> round;
        std::atomic<std::uint32_t> versions[keyCount]; ///< the truth
        Process processes[maxProcesses];
    };

    /// Errors: Io.
    static Result<std::unique_ptr<VerifyRegister>> create(const std::string &path);
    static Result<std::unique_ptr<VerifyRegister>> open(const std::string &path);
    Shared &shared() const { return *m_shared; }

    /// Key `k` is in group `k / keysOfGroup`; verify:g3k5.
    static CacheKey keyOf(std::size_t number);
    static std::size_t numberOf(const CacheKey &key);
    /// Made of both, so that a torn or foreign value shows.
    static std::string payloadOf(std::size_t number, std::uint32_t version);
    /// Errors: Corrupt: it is not the payload of any version of this key.
    static Result<std::uint32_t> versionOf(std::size_t number, std::string_view payload);

private:
    static Result<std::unique_ptr<VerifyRegister>> map(const std::string &path, bool create);

    QFile m_file;
    Shared *m_shared = nullptr;
};

} // namespace insitecache
