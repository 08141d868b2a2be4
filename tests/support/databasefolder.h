// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

namespace insitecache::test {

/// Names for database files that nobody else uses, in a folder that goes with it.
class DatabaseFolder {
public:
    QString newFile() { return m_folder.filePath(QStringLiteral("cache%1.db").arg(++m_files)); }

private:
    QTemporaryDir m_folder;
    int m_files = 0;
};

} // namespace insitecache::test
