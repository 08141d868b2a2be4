// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QString>

namespace insitecache {

/// Says "in use" of a file for as long as this object lives, or its process: the kernel lets go of it however the
/// process ends (flock(2)). Whoever removes such a file must hold its lock. Any thread.
class FileLock {
public:
    /// Null: somebody else holds it, or there is no such file any more. `make`: a new file, for this user alone; null
    /// where one is there already or none can be made, with the reason in errno.
    static std::unique_ptr<FileLock> take(const QString &path, bool make = false);
    ~FileLock();

private:
    explicit FileLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

} // namespace insitecache
