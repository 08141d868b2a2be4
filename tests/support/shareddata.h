// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFileInfo>
#include <QString>
#include <QtGlobal>

namespace insitecache::test {

/// A folder of the data that lies beside the project and is never part of it, or an empty text where it is absent:
/// $INSITECACHE_SHARED_DATA, else ../shared/data beside the sources.
inline QString sharedData(const QString &folder)
{
    QString root = qEnvironmentVariable("INSITECACHE_SHARED_DATA");
    if (root.isEmpty())
        root = QDir(qEnvironmentVariable("INSITECACHE_SOURCE_DIR", QStringLiteral(".")))
                   .filePath(QStringLiteral("../shared/data"));
    const QString path = QDir::cleanPath(QDir(root).filePath(folder));
    return QFileInfo(path).isDir() ? path : QString();
}

} // namespace insitecache::test
