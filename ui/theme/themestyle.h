// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace insitecache {

/// Fusion, but with boxes and rings that stand out from the window: Fusion darkens the window's colour a little for
/// their edge, which is faint on a light one and lost on a dark one.
class ThemeStyle : public QProxyStyle {
    Q_OBJECT

public:
    ThemeStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
};

} // namespace insitecache
