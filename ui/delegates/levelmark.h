// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPointF>

#include "models/entrystate.h"

class QPainter;

namespace insitecache {

/// A copy is there, fresh or not, and drawn as the shape of its tier.
bool hasLevelShape(LevelMark mark);
/// The tier's own colour, that of an error, or `faint` where there is nothing to see.
QColor levelColour(LevelMark mark, int tier, const QColor &faint);
/// One of ●◆■, hollow when it has expired, or the sign for why there is none.
void drawLevelMark(QPainter &painter, LevelMark mark, int tier, QPointF centre, double radius, const QColor &colour);

} // namespace insitecache
