// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/typechips.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include "formatting/format.h"
#include "models/entrytexts.h"

namespace insitecache {

namespace {

// More do not fit in a narrow window; the filter line takes any type.
constexpr std::size_t mostTypeChips = 8;

} // namespace

TypeChips::TypeChips(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    m_row->addStretch(1);
}

QToolButton *TypeChips::chip(const QString &type)
{
    QToolButton *&chip = m_chips[type];
    if (!chip) {
        chip = new QToolButton(this);
        chip->setObjectName(QStringLiteral("chip-") + type);
        chip->setCheckable(true);
        chip->setFocusPolicy(Qt::StrongFocus);
        connect(chip, &QToolButton::clicked, this, [this] { Q_EMIT chosenChanged(chosen()); });
        // In the order of the alphabet, wherever a new one comes.
        m_row->insertWidget(static_cast<int>(std::distance(m_chips.begin(), m_chips.find(type))), chip);
    }
    return chip;
}

void TypeChips::showCounts(const std::map<QString, quint64> &counts, bool atLeast)
{
    m_counts = counts;
    m_atLeast = atLeast;
    for (const auto &entry : counts) {
        if (m_chips.contains(entry.first) || m_chips.size() < mostTypeChips)
            chip(entry.first);
    }
    for (const auto &[type, button] : m_chips)
        describe(type, *button);
}

void TypeChips::describe(const QString &type, QToolButton &chip)
{
    const auto counted = m_counts.find(type);
    const quint64 count = counted == m_counts.end() ? 0 : counted->second;
    const QString number = m_atLeast ? tr("≥ %1", "at least").arg(format::count(count)) : format::count(count);
    // Nobody has counted what the tiers were not asked for.
    const bool known = !m_atLeast || counted != m_counts.end();
    chip.setText(known ? QStringLiteral("%1  %2").arg(typeTitle(type), number) : typeTitle(type));
    chip.setAccessibleName(
        known ? tr("Only type %1, %2 entries").arg(typeTitle(type), number) : tr("Only type %1").arg(typeTitle(type)));
    chip.setToolTip(QStringLiteral("type:") + type);
}

void TypeChips::showChosen(const QStringList &types)
{
    for (const QString &type : types)
        describe(type, *chip(type));
    for (const auto &[type, button] : m_chips)
        button->setChecked(types.contains(type));
}

QStringList TypeChips::chosen() const
{
    QStringList types;
    for (const auto &[type, button] : m_chips) {
        if (button->isChecked())
            types += type;
    }
    return types;
}

void TypeChips::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        for (const auto &[type, button] : m_chips)
            describe(type, *button);
    }
}

} // namespace insitecache
