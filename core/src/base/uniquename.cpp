// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/uniquename.h"

#include <QUuid>

namespace insitecache {

std::string uniqueName()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

} // namespace insitecache
