// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/typeglyph.h"

namespace insitecache {

Glyph typeGlyph(const QString &type)
{
    static const std::pair<const char *, Glyph> signs[]
        = {{"stock", Glyph::Trend}, {"search", Glyph::Search}, {"sentiment", Glyph::Opinion},
            {"trending", Glyph::Ranking}, {"history", Glyph::Clock}, {"user", Glyph::Person}};
    for (const auto &[name, sign] : signs) {
        if (type == QLatin1String(name))
            return sign;
    }
    return Glyph::Value;
}

} // namespace insitecache
