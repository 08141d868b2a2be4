// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/slotile.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

#include "formatting/format.h"
#include "theme/theme.h"
#include "widgets/sparkline.h"

namespace insitecache {

namespace {

constexpr int tilePadding = 8, tileSpark = 60, tileSparkMost = 150, tileGap = 10;
constexpr std::size_t tileHistory = 60;

std::vector<Sample> newestSamples(const Snapshot &snapshot)
{
    const auto &all = snapshot.series;
    return {all.end() - static_cast<std::ptrdiff_t>(std::min(all.size(), tileHistory)), all.end()};
}

Runs tileRuns(SloKind kind, const Snapshot &snapshot, SeriesRange range)
{
    const std::vector<Sample> samples = newestSamples(snapshot);
    if (kind == SloKind::HitRatio)
        return shareRuns(samples, range, overallShare);
    if (kind == SloKind::MeanLatency)
        return valueRuns(
            samples, range, [](const Sample &s) { return s.lookups > 0 ? std::optional(s.meanMs) : std::nullopt; });
    const double total = std::max(1.0, static_cast<double>(snapshot.systemMemoryBytes));
    return valueRuns(samples, range, [total](const Sample &s) -> std::optional<double> {
        return static_cast<double>(s.tierBytes[0] + (s.tierUp[1] ? s.tierBytes[1] : 0)) / total;
    });
}

} // namespace

SloTile::SloTile(SloKind kind, QWidget *parent) : QAbstractButton(parent), m_kind(kind)
{
    m_reading.kind = kind;
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    describe();
}

void SloTile::show(const SloReading &reading, const Snapshot &snapshot, SeriesRange range)
{
    const bool stateChanged = reading.state != m_reading.state;
    m_reading = reading;
    m_history = tileRuns(m_kind, snapshot, range);
    m_top = m_kind == SloKind::HitRatio ? 1.0 : std::max(largest(m_history), 1e-9) * 1.1;
    if (stateChanged)
        updateGeometry();
    describe();
    update();
}

QString SloTile::nameText() const
{
    switch (m_kind) {
    case SloKind::HitRatio: return tr("Hit ratio");
    case SloKind::MeanLatency: return tr("Mean");
    case SloKind::Memory: break;
    }
    return tr("Memory");
}

QString SloTile::valueText() const
{
    if (m_reading.state == SloState::Unknown)
        return QStringLiteral("–");
    if (m_reading.state == SloState::TooFew)
        return tr("%1/%2", "samples so far / samples needed").arg(m_reading.samples).arg(m_reading.needed);
    return m_kind == SloKind::MeanLatency ? format::millis(m_reading.value) : format::percent(m_reading.value);
}

QString SloTile::limitText() const
{
    switch (m_kind) {
    case SloKind::HitRatio: return QStringLiteral("≥ 80%");
    case SloKind::MeanLatency: return tr("≤ 50 ms");
    case SloKind::Memory: break;
    }
    return QStringLiteral("≤ 30%");
}

QString SloTile::sign() const
{
    switch (m_reading.state) {
    case SloState::Ok: return QStringLiteral("✔");
    case SloState::Warning: return QStringLiteral("▲");
    case SloState::Breach: return QStringLiteral("✖");
    case SloState::TooFew: return QStringLiteral("⋯");
    case SloState::Unknown: break;
    }
    return QStringLiteral("?");
}

QString SloTile::stateWord() const
{
    switch (m_reading.state) {
    case SloState::Ok: return tr("fine");
    case SloState::Warning: return tr("warning");
    case SloState::Breach: return tr("breached");
    case SloState::TooFew: return tr("too few samples");
    case SloState::Unknown: break;
    }
    return tr("unknown");
}

QString SloTile::explanation() const
{
    switch (m_reading.state) {
    case SloState::TooFew:
        return tr("%1 of the %2 lookups that are needed to judge the last 60 seconds.")
            .arg(m_reading.samples)
            .arg(m_reading.needed);
    case SloState::Unknown: return tr("The system's memory size could not be read.");
    case SloState::Breach:
        return tr("Clears after %1 good windows of 10 seconds; so far %2.")
            .arg(m_reading.clearAfter)
            .arg(m_reading.goodWindows);
    case SloState::Warning:
        return tr("Breached after %1 bad windows of 10 seconds; so far %2.")
            .arg(m_reading.raiseAfter)
            .arg(m_reading.badWindows);
    case SloState::Ok: break;
    }
    return m_kind == SloKind::Memory
        ? tr("L1 and L2 out of the system's memory, now.")
        : tr("Over the last 60 seconds, %1 lookups.").arg(format::count(m_reading.samples));
}

QString SloTile::definition() const
{
    switch (m_kind) {
    case SloKind::HitRatio:
        return tr("Definition: lookups that L1, L2 or L3 answered, out of all of the last 60 seconds; judged every 10 "
                  "seconds, from 50 lookups on.");
    case SloKind::MeanLatency:
        return tr("Definition: the mean time of all lookups of the last 60 seconds, upstream calls included; judged "
                  "every 10 seconds, from 50 lookups on.");
    case SloKind::Memory: break;
    }
    return tr("Definition: what L1 and Redis hold, out of the memory that this machine has or this container may have, "
              "now; a breach clears below 27%.");
}

void SloTile::describe()
{
    setAccessibleName(tr("%1: %2, goal %3, %4").arg(nameText(), valueText(), limitText(), stateWord()));
    setAccessibleDescription(QStringLiteral("%1 %2").arg(explanation(), definition()));
    setToolTip(QStringLiteral("%1\n%2\n%3").arg(accessibleName(), explanation(), definition()));
}

QFont SloTile::valueFont() const
{
    QFont large = font();
    large.setBold(true);
    large.setPointSizeF(font().pointSizeF() * 1.25);
    return large;
}

QSize SloTile::sizeHint() const
{
    const QFontMetrics normal(font());
    QFont bold = font();
    bold.setBold(true);
    const QFontMetrics large(valueFont());
    // Room for the widest value, so that tiles do not move while numbers change.
    const int valueWidth
        = std::max(large.horizontalAdvance(valueText()), large.horizontalAdvance(QStringLiteral("100.0%")));
    const int upper = QFontMetrics(bold).horizontalAdvance(sign() + QStringLiteral("  ") + nameText());
    const int lower = valueWidth + tileGap / 2 + normal.horizontalAdvance(limitText());
    const int height = normal.height() + large.height() + 2 * tilePadding - 2;
    return {std::max(upper, lower) + tileSpark + tileGap + 2 * tilePadding, height};
}

void SloTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool breached = m_reading.state == SloState::Breach;
    const QColor error = inkColor(Ink::Error);
    const QColor text = palette().color(QPalette::Text);
    const QColor edge = breached ? error
        : hasFocus()             ? palette().color(QPalette::Highlight)
                                 : palette().color(QPalette::Mid);
    QColor fill = palette().color(underMouse() ? QPalette::AlternateBase : QPalette::Base);
    painter.setPen(QPen(edge, hasFocus() || breached ? 2 : 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);

    const QRect inner = rect().adjusted(tilePadding, tilePadding - 1, -tilePadding, -tilePadding + 1);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const bool alarming = breached || m_reading.state == SloState::Warning;
    painter.setPen(alarming ? error : text);
    const QRect top(inner.left(), inner.top(), inner.width(), QFontMetrics(font()).height());
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, sign());
    painter.setPen(text);
    painter.drawText(top.adjusted(QFontMetrics(bold).horizontalAdvance(sign() + QStringLiteral("  ")), 0, 0, 0),
        Qt::AlignLeft | Qt::AlignVCenter, nameText());

    const QRect bottom(inner.left(), top.bottom() + 1, inner.width(), inner.bottom() - top.bottom());
    painter.setFont(valueFont());
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignBottom, valueText());
    const int valueWidth = QFontMetrics(valueFont()).horizontalAdvance(valueText());
    painter.setFont(font());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(bottom.adjusted(valueWidth + tileGap / 2, 0, 0, -1), Qt::AlignLeft | Qt::AlignBottom, limitText());
    const int sparkWidth = std::min(tileSparkMost, tileSpark + width() - sizeHint().width());
    const QRectF spark(inner.right() - sparkWidth, inner.top() + 4, sparkWidth, inner.height() - 8);
    paintSparkline(painter, spark, m_history, 0, m_top, QPen(text, 1.3));
}

void SloTile::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange) {
        describe();
        updateGeometry();
        update();
    }
}

} // namespace insitecache
