// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>

#include <algorithm>

namespace insitecache {

void applyFonts()
{
    QFont font = QApplication::font();
    font.setFamilies({QStringLiteral("Noto Sans CJK KR"), QStringLiteral("NanumGothic"), QStringLiteral("sans-serif")});
    // Hinted at this size, Nanum's full stop looks like a comma.
    font.setHintingPreference(QFont::PreferNoHinting);
    if (font.pointSizeF() > 0)
        font.setPointSizeF(std::max(font.pointSizeF(), 10.0));
    QApplication::setFont(font);
}

bool canShowKorean()
{
    constexpr uint syllableHan = 0xD55C;
    return QFontMetrics(QApplication::font()).inFontUcs4(syllableHan);
}

QFont monospaceFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamilies({font.family(), QStringLiteral("NanumGothicCoding"), QStringLiteral("NanumGothic")});
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

} // namespace insitecache
