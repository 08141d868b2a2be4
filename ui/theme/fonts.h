// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace insitecache {

/// Gives the application a family that has Hangul where one is installed.
void applyFonts();
/// Can the application's font, with its fallbacks, draw Hangul? When not, Korean would be a row of boxes.
bool canShowKorean();
/// Fixed width, for keys and raw values.
QFont monospaceFont();

} // namespace insitecache
