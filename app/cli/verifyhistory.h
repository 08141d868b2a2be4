// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <insitecache/base/error.h>

namespace insitecache {

/// One thing that a process of `verify` did or saw. Times are CLOCK_MONOTONIC in nanoseconds, which all processes of
/// one machine share. Files hold these as they are: they never leave the run.
struct VerifyRecord {
    enum class Kind : std::uint8_t {
        Change,       ///< the truth of `key` became `version`, not before `start`
        Invalidation, ///< of everything before `version`; `good`: acknowledged for every tier, at `end`
        Read,         ///< gave `version`; `good`: the payload is that of this key and version
    };
    std::int64_t start = 0, end = 0;
    std::uint32_t version = 0;
    std::uint16_t key = 0;
    Kind kind = Kind::Read;
    bool good = true;
};
static_assert(sizeof(VerifyRecord) == 24);

/// The history of one process, appended to its file. Any thread.
class VerifyLog {
public:
    /// Errors: Io.
    static Result<std::unique_ptr<VerifyLog>> open(const std::string &path);
    void append(const VerifyRecord *records, std::size_t count);
    /// False when something could not be written.
    bool finish();

    /// Errors: Io.
    static Result<std::vector<VerifyRecord>> read(const std::string &path);

private:
    struct Close {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };
    std::mutex m_mutex;
    std::unique_ptr<std::FILE, Close> m_file;
    bool m_failed = false;
};

} // namespace insitecache
