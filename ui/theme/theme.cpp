// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include <QApplication>
#include <QPalette>
#include <QStyle>

#include <array>

#include "theme/themestyle.h"

namespace insitecache {

namespace {

// Found by a constrained search: at least 3.2:1 against the chart's background, and at least 23.9 apart (ΔE76) in
// normal, protan, deutan and tritan vision (Machado et al. 2009). Darkening a known palette by eye loses that.
struct ThemeInk {
    QRgb light;
    QRgb dark;
    Qt::PenStyle dash;
    qreal width;
    char16_t marker;
};

constexpr std::array<ThemeInk, 7> themeInks{{
    {0xff1b1e20, 0xffffffff, Qt::SolidLine, 3, 0},
    {0xff0b6cf0, 0xff4c78c0, Qt::SolidLine, 2, u'●'},
    {0xff6e4300, 0xffffce00, Qt::DashLine, 2, u'◆'},
    {0xff00a366, 0xff2ee59d, Qt::DotLine, 2, u'■'},
    {0xffb57baf, 0xffc0708a, Qt::DashDotLine, 2, u'▲'},
    {0xff174a7c, 0xffa9ceff, Qt::DashDotDotLine, 2, u'◐'},
    {0xffd2640a, 0xffe0650a, Qt::SolidLine, 2, u'✖'},
}};

const ThemeInk &themeInk(Ink ink)
{
    return themeInks[static_cast<std::size_t>(ink)];
}

struct ThemeColours {
    QRgb window, base, raised, text, faint, accent, accentText, edge, disabled;
};

constexpr ThemeColours lightColours{
    0xfff3f4f6, 0xffffffff, 0xffe9ebee, 0xff1b1e20, 0xff5f666c, 0xff0b57d0, 0xffffffff, 0xffc4c9ce, 0xff8a9197};
constexpr ThemeColours darkColours{
    0xff25292c, 0xff1b1e20, 0xff32373b, 0xffe8eaec, 0xffa3abb2, 0xff3a6fd8, 0xffffffff, 0xff484f55, 0xff7d868d};

void setThemeShades(QPalette &palette, const ThemeColours &colours, bool dark)
{
    const QColor raised = QColor::fromRgb(colours.raised);
    palette.setColor(QPalette::Light, dark ? raised.lighter(125) : QColor(Qt::white));
    palette.setColor(QPalette::Midlight, dark ? raised.lighter(110) : raised.lighter(104));
    palette.setColor(QPalette::Mid, QColor::fromRgb(colours.edge));
    palette.setColor(QPalette::Dark, dark ? QColor::fromRgb(colours.base).darker(130) : raised.darker(140));
    palette.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : raised.darker(220));
}

QPalette themePalette(const ThemeColours &colours, bool dark)
{
    QPalette palette;
    const auto set = [&palette](std::initializer_list<QPalette::ColorRole> roles, QRgb colour) {
        for (const QPalette::ColorRole role : roles)
            palette.setColor(role, QColor::fromRgb(colour));
    };
    set({QPalette::Window}, colours.window);
    set({QPalette::Base, QPalette::ToolTipBase}, colours.base);
    set({QPalette::Button, QPalette::AlternateBase}, colours.raised);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}, colours.text);
    set({QPalette::BrightText}, themeInk(Ink::Error).light);
    set({QPalette::PlaceholderText}, colours.faint);
    set({QPalette::Highlight, QPalette::Link}, colours.accent);
    set({QPalette::HighlightedText}, colours.accentText);
    setThemeShades(palette, colours, dark);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(colours.disabled));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(colours.edge));
    return palette;
}

} // namespace

void applyTheme(ThemeChoice choice)
{
    if (!qobject_cast<ThemeStyle *>(QApplication::style()))
        QApplication::setStyle(new ThemeStyle);
    switch (choice) {
    case ThemeChoice::System: return QApplication::setPalette(QPalette());
    case ThemeChoice::Light: return QApplication::setPalette(themePalette(lightColours, false));
    case ThemeChoice::Dark: return QApplication::setPalette(themePalette(darkColours, true));
    }
}

bool isDarkTheme()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

QColor inkColor(Ink ink)
{
    return QColor::fromRgb(isDarkTheme() ? themeInk(ink).dark : themeInk(ink).light);
}

QPen inkPen(Ink ink)
{
    QPen pen(inkColor(ink), themeInk(ink).width, themeInk(ink).dash);
    pen.setCosmetic(true);
    return pen;
}

QString inkMarker(Ink ink)
{
    const char16_t marker = themeInk(ink).marker;
    return marker ? QString(QChar(marker)) : QString();
}

Ink inkOf(Stage stage)
{
    switch (stage) {
    case Stage::L1: return Ink::L1;
    case Stage::L2: return Ink::L2;
    case Stage::L3: return Ink::L3;
    case Stage::Source: return Ink::Api;
    case Stage::None: break;
    }
    return Ink::Error;
}

} // namespace insitecache
