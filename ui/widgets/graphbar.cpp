// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graphbar.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

#include "formatting/format.h"

namespace insitecache {

namespace {

constexpr int fewestGraphHops = 1, mostGraphHops = 6, usualGraphHops = 2;

} // namespace

GraphBar::GraphBar(QWidget *parent) :
    QWidget(parent), m_findLabel(new QLabel(this)), m_find(new QLineEdit(this)), m_match(new QLabel(this)),
    m_focus(new QCheckBox(this)), m_hopsLabel(new QLabel(this)), m_hops(new QSlider(Qt::Horizontal, this)),
    m_above(new QCheckBox(this)), m_out(makeButton("graphZoomOut", &GraphBar::zoomOutAsked)),
    m_in(makeButton("graphZoomIn", &GraphBar::zoomInAsked)), m_fit(makeButton("graphFit", &GraphBar::fitAsked)),
    m_export(new QToolButton(this)), m_menu(new QMenu(this))
{
    m_find->setObjectName(QStringLiteral("graphFind"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaxLength(1024);
    m_findLabel->setBuddy(m_find);
    m_match->setObjectName(QStringLiteral("graphMatch"));
    m_match->setTextFormat(Qt::PlainText);
    m_focus->setObjectName(QStringLiteral("graphFocus"));
    m_above->setObjectName(QStringLiteral("graphAbove"));
    m_hops->setObjectName(QStringLiteral("graphHops"));
    m_hops->setRange(fewestGraphHops, mostGraphHops);
    m_hops->setValue(usualGraphHops);
    m_hops->setPageStep(1);
    m_hops->setFixedWidth(84);
    m_hopsLabel->setBuddy(m_hops);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget *part : std::initializer_list<QWidget *>{
             m_findLabel, m_find, m_match, m_focus, m_hopsLabel, m_hops, m_above, m_out, m_in, m_fit, m_export})
        row->addWidget(part, part == m_find ? 1 : 0);
    makeMenu();
    connect(m_find, &QLineEdit::returnPressed, this, &GraphBar::findNext);
    connect(m_find, &QLineEdit::textEdited, m_match, &QLabel::clear);
    connect(m_focus, &QCheckBox::toggled, this, &GraphBar::scopeChanged);
    connect(m_hops, &QSlider::valueChanged, this, [this] {
        showHops();
        Q_EMIT scopeChanged();
    });
    connect(m_above, &QCheckBox::toggled, this, &GraphBar::aboveToggled);
    setCanFocus(false);
    retranslate();
}

QToolButton *GraphBar::makeButton(const char *name, void (GraphBar::*signal)())
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setFocusPolicy(Qt::TabFocus);
    connect(button, &QToolButton::clicked, this, signal);
    return button;
}

void GraphBar::makeMenu()
{
    m_export->setObjectName(QStringLiteral("graphExport"));
    m_export->setFocusPolicy(Qt::TabFocus);
    m_export->setMenu(m_menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    static const std::pair<Export, const char *> kinds[]
        = {{Export::Png, "PNG"}, {Export::Svg, "SVG"}, {Export::Dot, "DOT"}, {Export::Json, "JSON"}};
    for (const auto &[kind, name] : kinds)
        connect(m_menu->addAction(QString::fromLatin1(name)), &QAction::triggered, this,
            [this, kind = kind] { Q_EMIT exportAsked(kind); });
}

QString GraphBar::findText() const
{
    return m_find->text().trimmed();
}

void GraphBar::showMatch(int number, int all)
{
    m_match->setText(all > 0
            ? tr("%1 of %2", "which match, how many").arg(format::count(quint64(number)), format::count(quint64(all)))
            : tr("not found"));
}

bool GraphBar::isFocused() const
{
    return m_focus->isChecked();
}

void GraphBar::setFocused(bool focused)
{
    m_focus->setChecked(focused);
}

int GraphBar::hops() const
{
    return m_hops->value();
}

bool GraphBar::showsAbove() const
{
    return m_above->isChecked();
}

void GraphBar::setCanFocus(bool can)
{
    m_focus->setEnabled(can || m_focus->isChecked());
}

void GraphBar::showHops()
{
    m_hopsLabel->setText(tr("&Hops: %1").arg(m_hops->value()));
    m_hops->setAccessibleName(tr("Hops around the chosen key"));
}

void GraphBar::retranslate()
{
    m_findLabel->setText(tr("Fi&nd:"));
    m_find->setPlaceholderText(tr("part of a key"));
    m_find->setAccessibleName(tr("Find a key in the graph"));
    m_find->setToolTip(tr("Enter goes to the next match (Ctrl+F)"));
    m_focus->setText(tr("Focu&s"));
    m_focus->setToolTip(tr("Show only what is near the chosen key (Enter)"));
    m_above->setText(tr("U&pstream"));
    m_above->setToolTip(tr("Also mark what a key was made from"));
    m_out->setText(QStringLiteral("−"));
    m_out->setToolTip(tr("Smaller (−)"));
    m_in->setText(QStringLiteral("+"));
    m_in->setToolTip(tr("Larger (+)"));
    m_fit->setText(tr("Fit"));
    m_fit->setToolTip(tr("Show all of it (0)"));
    m_export->setText(tr("Export"));
    m_export->setToolTip(tr("Save the picture, or the whole graph as DOT or JSON"));
    m_out->setAccessibleName(tr("Smaller"));
    m_in->setAccessibleName(tr("Larger"));
    showHops();
}

void GraphBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
