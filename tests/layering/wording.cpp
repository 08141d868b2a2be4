// SPDX-License-Identifier: GPL-3.0-or-later
#include "wording.h"

#include <QRegularExpression>

namespace insitecache::layering {

namespace {

struct Ban {
    const char *rule;
    const char *folders; ///< *: every text file, comments included
    const char *pattern;
    const char *why;
};

// The patterns are written so that they do not match themselves.
const Ban bans[] = {
    {"nested-loop", "ui", "(\\.|->)exec\\s*\\(", "a nested event loop: use open() or popup()"},
    {"chart-theme", "ui", "setTheme\\s*\\(", "a chart theme overwrites the palette: style by hand"},
    {"chart-opengl", "ui", "setUseOpenGL\\s*\\(", "crashes without a GL platform"},
    {"proxy-model", "ui", "\\bQSortFilterProxyModel\\b", "minutes on a million rows: sort an index vector"},
    {"redis-scan", "core app", "\"(KEYS|FLUSHALL|FLUSHDB)\\b", "blocks or empties a server that others use"},
    {"coroutine", "core ui app tests", "\\bco_(await|return|yield)\\b", "g++ 12.2 miscompiles coroutines"},
    {"sleep", "tests core ui app", "\\b(sleep_for|sleep_until|qSleep|qWait|usleep|msleep)\\s*\\(",
        "wait for the event, not for time"},
    {"debug", "core ui app", "\\bqDebug\\s*\\(", "left over from debugging"},
    {"using", "core ui app", "^using namespace\\b", "unity builds share the file scope"},
    {"machine-path", "*", "(^|[^\\w.])/(work|root)/", "a path of one machine"},
};

QString withoutComment(const QString &line)
{
    const qsizetype at = line.indexOf(QStringLiteral("//"));
    // "//" inside a string is an address, and code may follow it.
    return at < 0 || line.left(at).count(QLatin1Char('"')) % 2 ? line : line.left(at);
}

bool holdsFor(const Ban &ban, const SourceFile &file)
{
    const QString folders = QString::fromLatin1(ban.folders);
    if (folders == QLatin1String("*"))
        return true;
    const QStringList list = folders.split(QLatin1Char(' '));
    return file.isCode() && !file.isIn(QStringLiteral("tests/layering"))
        && std::any_of(list.begin(), list.end(), [&](const QString &folder) { return file.isIn(folder); });
}

void checkBan(const Ban &ban, const SourceFile &file, Findings &out)
{
    if (!holdsFor(ban, file))
        return;
    const QRegularExpression pattern(QString::fromLatin1(ban.pattern));
    for (int i = 0; i < file.lines.size(); ++i) {
        const QString line = ban.folders[0] == '*' ? file.lines[i] : withoutComment(file.lines[i]);
        if (pattern.match(line).hasMatch())
            out.push_back({QString::fromLatin1(ban.rule), file.path, i + 1, QString::fromLatin1(ban.why)});
    }
}

bool mentions(const QStringList &lines, const QString &start)
{
    return std::any_of(
        lines.begin(), lines.end(), [&](const QString &line) { return line.trimmed().startsWith(start); });
}

} // namespace

Findings checkWording(const SourceTree &tree)
{
    Findings out;
    for (const SourceFile &file : tree.files()) {
        for (const Ban &ban : bans)
            checkBan(ban, file, out);
    }
    return out;
}

Findings checkHeads(const SourceTree &tree)
{
    Findings out;
    const QString licence = QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later");
    for (const SourceFile &file : tree.files()) {
        if (!file.isCode())
            continue;
        // A test's labels stand above the licence.
        if (!file.lines.mid(0, 2).contains(licence))
            out.push_back({QStringLiteral("licence"), file.path, 1, QStringLiteral("no '%1' on top").arg(licence)});
        if (file.isHeader() && !mentions(file.lines, QStringLiteral("#pragma once")))
            out.push_back({QStringLiteral("guard"), file.path, 1, QStringLiteral("no #pragma once")});
        if (file.isIn(QStringLiteral("core/include")) && !mentions(file.lines, QStringLiteral("///")))
            out.push_back({QStringLiteral("manual"), file.path, 1, QStringLiteral("a public header explains itself")});
    }
    return out;
}

} // namespace insitecache::layering
