// SPDX-License-Identifier: GPL-3.0-or-later
#include "sourcetree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace insitecache::layering {

namespace {

bool isOurs(const QString &path)
{
    return !path.startsWith(QStringLiteral("build/")) && !path.startsWith(QStringLiteral(".git/"))
        && !path.startsWith(QStringLiteral(".cache/"));
}

bool isText(const QString &path)
{
    static const QStringList suffixes{QStringLiteral(".cpp"), QStringLiteral(".h"), QStringLiteral(".txt"),
        QStringLiteral(".md"), QStringLiteral(".cmake"), QStringLiteral(".in"), QStringLiteral(".json"),
        QStringLiteral(".yaml"), QStringLiteral(".xml"), QStringLiteral(".desktop"), QStringLiteral(".sh"),
        QStringLiteral(".qrc"), QStringLiteral(".sql"), QStringLiteral(".ts"), QStringLiteral("run"),
        QStringLiteral("test"), QStringLiteral(".clang-tidy"), QStringLiteral(".clang-format")};
    return std::any_of(suffixes.begin(), suffixes.end(), [&](const QString &suffix) { return path.endsWith(suffix); });
}

} // namespace

SourceTree SourceTree::read(const QString &root)
{
    SourceTree tree;
    const QDir base(root);
    QDirIterator walk(root, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = base.relativeFilePath(walk.next());
        QFile file(walk.filePath());
        if (!isOurs(path) || !isText(path) || !file.open(QIODevice::ReadOnly))
            continue;
        QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        if (lines.last().isEmpty())
            lines.removeLast();
        tree.m_files.push_back({path, lines});
        tree.m_paths.insert(path);
    }
    std::sort(tree.m_files.begin(), tree.m_files.end(),
        [](const SourceFile &a, const SourceFile &b) { return a.path < b.path; });
    return tree;
}

} // namespace insitecache::layering
