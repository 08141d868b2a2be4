// SPDX-License-Identifier: GPL-3.0-or-later
#include "includes.h"

#include <map>

#include <QDir>
#include <QLibraryInfo>
#include <QRegularExpression>

namespace insitecache::layering {

namespace {

/// What one room may include. The row with the longest matching folder holds.
struct Room {
    const char *folder;
    const char *rooms;         ///< where its own headers may come from, by folder; empty: public headers only
    const char *qt = "";       ///< Qt modules; empty: standard C++ only
    const char *foreign = "";  ///< other libraries, by the beginning of the header's name
    const char *publics = "*"; ///< which rooms of the public headers; *: all
};

const Room rooms[] = {
    // The public headers: what a program that embeds the core sees. Qt Core, and only where a future or a QString is
    // the point of the header.
    {"core/include/insitecache", "", "QtCore"},
    {"core/include/insitecache/base", "", "", "tl/", "base"},
    {"core/include/insitecache/tiers", "", "", "", "base tiers"},
    {"core/include/insitecache/metrics", "", "", "", "base tiers metrics"},
    {"core/include/insitecache/coherence", "", "", "", "base tiers coherence"},
    {"core/include/insitecache/cache", "", "", "", "base tiers cache coherence metrics sources"},
    {"core/include/insitecache/cache/engine.h", "", "QtCore"},
    // The core: the rooms that do I/O implement what tiers and coherence ask for. L1 and the counters are standard C++,
    // so that ThreadSanitizer sees all of them.
    {"core/src", "core/src", "QtCore"},
    {"core/src/base", "core/src/base", "QtCore", "tl/", "base"},
    {"core/src/metrics", "core/src/base core/src/metrics", "", "", "base tiers metrics"},
    {"core/src/tiers", "core/src/base core/src/tiers core/src/eviction", "QtCore", "zstd.h xxhash.h sanitizer/",
        "base tiers"},
    {"core/src/tiers/memorytier.h", "core/src/base core/src/tiers core/src/eviction", "", "", "base tiers"},
    {"core/src/tiers/memorytier.cpp", "core/src/base core/src/tiers core/src/eviction", "", "", "base tiers"},
    {"core/src/eviction", "core/src/eviction", "", "", "base"},
    {"core/src/redis", "core/src/base core/src/tiers core/src/redis", "QtCore QtNetwork", "hiredis/ tl/", "base tiers"},
    {"core/src/sql", "core/src/base core/src/tiers core/src/coherence core/src/sql", "QtCore QtSql", "",
        "base tiers coherence"},
    {"core/src/sources", "core/src/base core/src/sources", "QtCore QtNetwork", "", "base sources"},
    {"core/src/sources/demo", "core/src/base core/src/sources", "QtCore QtNetwork QtHttpServer", "", "base sources"},
    {"core/src/gateway", "core/src", "QtCore QtNetwork QtHttpServer"},
    // The dashboard's widgets. Models are tested without a screen.
    {"ui", "ui", "QtCore QtGui QtWidgets QtCharts"},
    {"ui/models", "ui/models ui/formatting", "QtCore"},
    {"ui/formatting", "ui/formatting", "QtCore"},
    {"ui/theme", "ui/theme", "QtCore QtGui QtWidgets QtCharts"},
    // The composition roots.
    {"app/settings", "app/settings", "QtCore", "toml++/"},
    {"app/cli", "app/settings app/cli", "QtCore", "zlib.h"},
    {"app/dashboard", "app/settings app/dashboard ui", "QtCore QtGui QtWidgets"},
};

/// Libraries with a home. What is not here and not of the system is not known yet, so it is refused.
const char *const foreignLibraries[] = {"hiredis/", "zstd.h", "lz4", "xxhash.h", "tl/", "toml++/", "zlib.h", "sqlite3",
    "libpq", "openssl/", "benchmark/", "curl/", "sanitizer/"};

const Room *roomOf(const SourceFile &file)
{
    const Room *best = nullptr;
    for (const Room &room : rooms) {
        if (file.isIn(QString::fromLatin1(room.folder)) && (!best || qstrlen(room.folder) > qstrlen(best->folder)))
            best = &room;
    }
    return best;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

std::map<QString, QString> readQtHeaders()
{
    std::map<QString, QString> out;
    const QDir root(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    for (const QString &module : root.entryList({QStringLiteral("Qt*")}, QDir::Dirs)) {
        for (const QString &header : QDir(root.filePath(module)).entryList(QDir::Files))
            out.emplace(header, module);
    }
    return out;
}

QString foreignLibraryOf(const QString &header)
{
    for (const char *library : foreignLibraries) {
        if (header.startsWith(QString::fromLatin1(library)))
            return QString::fromLatin1(library);
    }
    return {};
}

bool isSystemHeader(const QString &header)
{
    static const QRegularExpression standard(QStringLiteral("^[a-z_]+$"));
    static const QRegularExpression posix(QStringLiteral("^((sys|netinet|arpa|linux)/)?[a-z_0-9]+\\.h$"));
    return standard.match(header).hasMatch() || posix.match(header).hasMatch();
}

QString checkAngle(const Room &room, const QString &header, const SourceTree &tree)
{
    const QString folder = QString::fromLatin1(room.folder);
    if (header.startsWith(QStringLiteral("insitecache/"))) {
        if (!tree.has(QStringLiteral("core/include/") + header))
            return QStringLiteral("%1 is not a public header").arg(header);
        const QStringList allowed = words(room.publics);
        if (allowed.contains(QStringLiteral("*")) || allowed.contains(header.section(QLatin1Char('/'), 1, 1)))
            return {};
        return QStringLiteral("%1 may use of the public headers only: %2")
            .arg(folder, QString::fromLatin1(room.publics));
    }
    if (const QString module = qtModuleOf(header); !module.isEmpty()) {
        return words(room.qt).contains(module)
            ? QString()
            : QStringLiteral("%1 is of %2, which %3 may not use").arg(header, module, folder);
    }
    if (const QString library = foreignLibraryOf(header); !library.isEmpty()) {
        return words(room.foreign).contains(library)
            ? QString()
            : QStringLiteral("%1 is of a library that %2 may not use").arg(header, folder);
    }
    return isSystemHeader(header) ? QString()
                                  : QStringLiteral("%1 is of no known library; give it a home here").arg(header);
}

QString checkQuoted(const Room &room, const QString &header, const SourceFile &from, const SourceTree &tree)
{
    if (header.endsWith(QStringLiteral(".moc")) || header.startsWith(QStringLiteral("moc_")))
        return {};
    const QString beside = QDir::cleanPath(from.path.section(QLatin1Char('/'), 0, -2) + QLatin1Char('/') + header);
    for (const QString &root : {beside, QStringLiteral("core/src/") + header, QStringLiteral("core/include/") + header,
             QStringLiteral("ui/") + header, QStringLiteral("app/") + header, QStringLiteral("tests/") + header}) {
        if (!tree.has(root))
            continue;
        const SourceFile target{root, {}};
        for (const QString &folder : words(room.rooms)) {
            if (target.isIn(folder))
                return {};
        }
        return QStringLiteral("%1 is not within reach of %2").arg(root, QString::fromLatin1(room.folder));
    }
    return QStringLiteral("%1 is not a file of this repository").arg(header);
}

} // namespace

QString qtModuleOf(const QString &header)
{
    static const std::map<QString, QString> headers = readQtHeaders();
    if (header.startsWith(QStringLiteral("Qt")) && header.contains(QLatin1Char('/')))
        return header.section(QLatin1Char('/'), 0, 0);
    const auto found = headers.find(header);
    return found == headers.end() ? QString() : found->second;
}

Findings checkIncludes(const SourceTree &tree)
{
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    Findings out;
    for (const SourceFile &file : tree.files()) {
        const Room *room = file.isCode() ? roomOf(file) : nullptr;
        for (int i = 0; room && i < file.lines.size(); ++i) {
            const auto match = include.match(file.lines[i]);
            if (!match.hasMatch())
                continue;
            const QString header = match.captured(2);
            const QString what = match.captured(1) == QLatin1String("<") ? checkAngle(*room, header, tree)
                                                                         : checkQuoted(*room, header, file, tree);
            if (!what.isEmpty())
                out.push_back({QStringLiteral("include"), file.path, i + 1, what});
        }
    }
    return out;
}

} // namespace insitecache::layering
