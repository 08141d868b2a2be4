// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/themestyle.h"

#include <QStyleFactory>
#include <QStyleOptionButton>

namespace insitecache {

namespace {

// Fusion's edge is about 0.8 of these.
constexpr QRgb edgeOnLight = 0xffa4abb2;
constexpr QRgb edgeOnDark = 0xffc4ccd3;

} // namespace

ThemeStyle::ThemeStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void ThemeStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const bool hasEdge = element == PE_IndicatorCheckBox || element == PE_IndicatorRadioButton;
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!hasEdge || !button)
        return QProxyStyle::drawPrimitive(element, option, painter, widget);
    QStyleOptionButton visible(*button);
    const bool dark = button->palette.color(QPalette::Window).lightness() < 128;
    if (button->state & State_Enabled)
        visible.palette.setColor(QPalette::Window, QColor::fromRgb(dark ? edgeOnDark : edgeOnLight));
    else
        visible.palette.setColor(QPalette::Window, button->palette.color(QPalette::Disabled, QPalette::Text));
    QProxyStyle::drawPrimitive(element, &visible, painter, widget);
}

} // namespace insitecache
