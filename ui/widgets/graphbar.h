// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QSlider;
class QToolButton;

namespace insitecache {

/// The controls above the picture of dependencies: find, how much to show, zoom, export.
class GraphBar : public QWidget {
    Q_OBJECT

public:
    enum class Export { Png, Svg, Dot, Json };

    explicit GraphBar(QWidget *parent = nullptr);

    QLineEdit *findField() const { return m_find; }
    QString findText() const;
    /// "3 of 17"; `all` 0: nothing was found.
    void showMatch(int number, int all);
    bool isFocused() const;
    void setFocused(bool focused);
    int hops() const;
    bool showsAbove() const;
    /// Without a chosen key there is nothing to focus on.
    void setCanFocus(bool can);

Q_SIGNALS:
    void findNext();
    void scopeChanged(); ///< focus or hops
    void aboveToggled();
    void zoomInAsked();
    void zoomOutAsked();
    void fitAsked();
    void exportAsked(insitecache::GraphBar::Export kind);

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *makeButton(const char *name, void (GraphBar::*signal)());
    void makeMenu();
    void showHops();
    void retranslate();

    QLabel *m_findLabel;
    QLineEdit *m_find;
    QLabel *m_match;
    QCheckBox *m_focus;
    QLabel *m_hopsLabel;
    QSlider *m_hops;
    QCheckBox *m_above;
    QToolButton *m_out, *m_in, *m_fit, *m_export;
    QMenu *m_menu;
};

} // namespace insitecache
