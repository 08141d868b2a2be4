// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

class QPainter;
class QRectF;

namespace insitecache {

/// Signs drawn by the program itself: no icon theme and no SVG plugin is needed, they follow the palette at once and
/// are sharp at every scale.
enum class Glyph {
    App,
    Overview,
    Entries,
    Dependencies,
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
    Close,
    Trend,
    Opinion,
    Ranking,
    Clock,
    Person,
    Value,
    Values
};

QIcon glyphIcon(Glyph glyph);
/// Into a square, in the painter's pen: for what draws its own colours.
void drawGlyph(QPainter &painter, const QRectF &square, Glyph glyph);

} // namespace insitecache
