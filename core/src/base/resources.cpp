// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/resources.h"

#include <QFile>

#include <mutex>

// A static library's resources register themselves only when asked; the macro must stand outside a namespace.
static void registerCoreResources()
{
    Q_INIT_RESOURCE(core);
}

namespace insitecache {

QByteArray readResource(const QString &name)
{
    static std::once_flag once;
    std::call_once(once, registerCoreResources);
    QFile file(QStringLiteral(":/insitecache/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("resource %s is not compiled in", qUtf8Printable(name));
    return file.readAll();
}

} // namespace insitecache
