// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <vector>

#include <QString>
#include <QStringList>

namespace insitecache::layering {

/// One text file of the repository.
struct SourceFile {
    QString path; ///< relative to the root, with slashes
    QStringList lines;

    bool isHeader() const { return path.endsWith(QStringLiteral(".h")); }
    bool isCode() const { return isHeader() || path.endsWith(QStringLiteral(".cpp")); }
    bool isIn(const QString &folder) const { return path == folder || path.startsWith(folder + QLatin1Char('/')); }
};

/// What lies in the repository, without what a build leaves there.
class SourceTree {
public:
    static SourceTree read(const QString &root);

    const std::vector<SourceFile> &files() const { return m_files; }
    bool has(const QString &path) const { return m_paths.count(path) > 0; }

private:
    std::vector<SourceFile> m_files;
    std::set<QString> m_paths;
};

} // namespace insitecache::layering
