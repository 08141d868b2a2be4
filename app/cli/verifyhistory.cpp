// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyhistory.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace insitecache {

namespace {

tl::unexpected<Error> historyFailed(const std::string &path, const char *what)
{
    return fail(ErrorCode::Io, "the history " + path + " cannot be " + what + ": " + std::strerror(errno),
        "is there room in the directory for temporary files?");
}

} // namespace

Result<std::unique_ptr<VerifyLog>> VerifyLog::open(const std::string &path)
{
    auto log = std::make_unique<VerifyLog>();
    log->m_file.reset(std::fopen(path.c_str(), "ab"));
    if (!log->m_file)
        return historyFailed(path, "written");
    return log;
}

void VerifyLog::append(const VerifyRecord *records, std::size_t count)
{
    const std::lock_guard lock(m_mutex);
    m_failed = std::fwrite(records, sizeof *records, count, m_file.get()) != count || m_failed;
}

bool VerifyLog::finish()
{
    const std::lock_guard lock(m_mutex);
    return std::fflush(m_file.get()) == 0 && !m_failed;
}

Result<std::vector<VerifyRecord>> VerifyLog::read(const std::string &path)
{
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return historyFailed(path, "read");
    std::vector<VerifyRecord> records;
    std::array<VerifyRecord, 4096> some;
    while (const std::size_t count = std::fread(some.data(), sizeof(VerifyRecord), some.size(), file.get()))
        records.insert(records.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    return records;
}

} // namespace insitecache
