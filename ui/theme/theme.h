// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPen>
#include <QString>

#include <insitecache/tiers/tier.h>

namespace insitecache {

enum class ThemeChoice { System, Light, Dark };
/// What has one colour, dash and marker everywhere; values and their contrast: a searched palette, see theme.cpp.
enum class Ink { Overall, L1, L2, L3, Api, StaleServed, Error };

/// Applies Fusion with our palette to the application; System keeps the desktop's palette. Emits no signal: widgets see
/// QEvent::ApplicationPaletteChange.
void applyTheme(ThemeChoice choice);
/// Is the application's window colour dark?
bool isDarkTheme();
QColor inkColor(Ink ink);
/// Colour, dash and width of a line in charts.
QPen inkPen(Ink ink);
/// ● ◆ ■ ▲ ◐ ✖, empty for Overall.
QString inkMarker(Ink ink);
Ink inkOf(Stage stage);

} // namespace insitecache
