// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace insitecache::layering {

/// One place where the repository breaks a rule.
struct Finding {
    QString rule; ///< "include", "size", …
    QString path;
    int line = 0; ///< from 1; 0: the file as a whole
    QString what; ///< one line: what is wrong and where it belongs

    QString toString() const { return QStringLiteral("%1:%2: [%3] %4").arg(path, QString::number(line), rule, what); }
};

using Findings = std::vector<Finding>;

} // namespace insitecache::layering
