// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/backlogchip.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr int backlogPadding = 8;
constexpr std::chrono::seconds backlogStays{5};

} // namespace

BacklogChip::BacklogChip(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("backlogChip"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hide();
}

void BacklogChip::show(const Snapshot &snapshot)
{
    m_outbox = snapshot.outbox;
    m_writes = snapshot.writeBehind;
    if (waiting() > 0)
        m_lastWaiting = snapshot.time;
    setVisible(waiting() > 0 || (!isHidden() && snapshot.time - m_lastWaiting < backlogStays));
    describe();
}

// Numbers only: at its smallest the strip has no room for words, and these come and go.
QString BacklogChip::countText() const
{
    return (waiting() > 0 ? QStringLiteral("◷ ") : QStringLiteral("✔ ")) + format::count(waiting());
}

QString BacklogChip::ageText() const
{
    return waiting() > 0 ? format::duration(std::max(m_outbox.oldest, m_writes.oldest)) : QString();
}

void BacklogChip::describe()
{
    QStringList lines;
    if (m_outbox.waiting)
        lines += tr(
            "%n removal(s) not confirmed by a tier, the oldest %1 old. They are repeated by themselves; until then "
            "those keys are not read there.",
            nullptr, pluralOf(m_outbox.waiting))
                     .arg(format::duration(m_outbox.oldest));
    if (m_writes.waiting)
        lines += tr("%n write(s) on the way to L3, the oldest %1 old. The journal has them.", nullptr,
            pluralOf(m_writes.waiting))
                     .arg(format::duration(m_writes.oldest));
    if (lines.isEmpty())
        lines += tr("Every tier has everything it was owed.");
    setToolTip(lines.join(QLatin1Char('\n')));
    setAccessibleName(tr("Owed to the tiers: %1").arg(countText() + u' ' + ageText()).trimmed());
    setAccessibleDescription(toolTip());
    updateGeometry();
    update();
}

QSize BacklogChip::sizeHint() const
{
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics title(bold);
    const int width = std::max(title.horizontalAdvance(countText()), fontMetrics().horizontalAdvance(ageText()));
    return {width + 2 * backlogPadding, 2 * title.height() + 2 * backlogPadding};
}

void BacklogChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(waiting() > 0 ? QPalette::Text : QPalette::Mid), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    const QRect inner = rect().adjusted(backlogPadding, backlogPadding, -backlogPadding, -backlogPadding);
    QFont bold = font();
    bold.setBold(true);
    painter.setPen(palette().color(QPalette::Text));
    painter.setFont(bold);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, countText());
    painter.setFont(font());
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignBottom, ageText());
}

void BacklogChip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        describe();
}

} // namespace insitecache
