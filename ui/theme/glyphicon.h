// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace insitecache {

/// Signs drawn by the program itself: no icon theme and no SVG plugin is needed, they follow the palette at once and
/// are sharp at every scale.
enum class Glyph {
    App,
    Overview,
    Entries,
    Lookups,
    Events,
    Live,
    Play,
    Stop,
    Invalidate,
    Search,
    Refresh,
    Undo,
    Info,
    Warning,
    Close
};

QIcon glyphIcon(Glyph glyph);

} // namespace insitecache
