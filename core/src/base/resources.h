// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace insitecache {

/// The bytes of a file compiled into the core, e.g. "symbols/symbols.tsv". Any thread.
/// Precondition: the file is listed in resources/core.qrc.
QByteArray readResource(const QString &name);

} // namespace insitecache
