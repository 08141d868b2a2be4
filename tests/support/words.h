// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace insitecache::test {

/// What a shell would make of a line without quotes.
inline QStringList wordsOf(const QString &line)
{
    return line.split(QLatin1Char(' '));
}

inline QStringList words(const char *line)
{
    return wordsOf(QString::fromUtf8(line));
}

} // namespace insitecache::test
