// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/filelock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QFile>

namespace insitecache {

// Whoever held the lock before may have removed the file in between: then this one has no name any more.
std::unique_ptr<FileLock> FileLock::take(const QString &path, bool make)
{
    const QByteArray name = QFile::encodeName(path);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CLOEXEC | (make ? O_CREAT | O_EXCL : 0), 0600);
    if (descriptor < 0)
        return nullptr;
    std::unique_ptr<FileLock> lock(new FileLock(descriptor));
    struct stat opened = {}, named = {};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || ::fstat(descriptor, &opened) != 0
        || ::stat(name.constData(), &named) != 0 || opened.st_ino != named.st_ino || opened.st_dev != named.st_dev)
        return nullptr;
    return lock;
}

FileLock::~FileLock()
{
    ::close(m_descriptor);
}

} // namespace insitecache
