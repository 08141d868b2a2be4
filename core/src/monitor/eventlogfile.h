// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <QFile>

#include <insitecache/base/error.h>

#include "sql/filelock.h"

namespace insitecache {

struct EventLogBounds {
    qint64 bytes = 10 << 20;
    int files = 5; ///< the one that is written to included
};

/// A file of lines that is put aside when it is full: "events.jsonl", then "events.jsonl.1" … the older the higher.
/// For this user alone. Of several processes on the same name each gets a file of its own ("events-2.jsonl"), for as
/// long as it has it open. Not thread-safe.
class EventLogFile {
public:
    explicit EventLogFile(std::string path, EventLogBounds bounds = {}) : m_wanted(std::move(path)), m_bounds(bounds) {}

    /// Opens the file when it has to. A failed append leaves no half line behind, as far as that can be told, and the
    /// next one tries anew. Errors: Io.
    Status append(const std::string &lines);
    /// Where the lines go; empty before the first one.
    std::string path() const { return m_file ? m_file->fileName().toStdString() : std::string(); }

private:
    Status open();
    Status rotate();
    Status ioError(const char *what);

    std::string m_wanted;
    EventLogBounds m_bounds;
    std::unique_ptr<FileLock> m_lock;
    std::unique_ptr<QFile> m_file;
};

} // namespace insitecache
