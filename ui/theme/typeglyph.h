// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "theme/glyphicon.h"

namespace insitecache {

/// The sign of a type of key; types have signs and words, no colours of their own.
Glyph typeGlyph(const QString &type);

} // namespace insitecache
