// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/slostrip.h"

#include <QHBoxLayout>

#include "formatting/format.h"

namespace insitecache {

namespace {

bool isTroubled(const SourceStatus &source)
{
    return source.frozenFor.has_value() || !source.lastError.empty();
}

QString sourceLine(const SourceStatus &source)
{
    const QString name = QString::fromStdString(source.name);
    if (!source.configured)
        return SloStrip::tr("%1: not set up").arg(name);
    const QString error = QString::fromStdString(source.lastError);
    if (source.frozenFor)
        return SloStrip::tr("%1: asks again in %2 %3").arg(name, format::duration(*source.frozenFor), error).trimmed();
    if (!error.isEmpty())
        return QStringLiteral("%1: %2").arg(name, error);
    return SloStrip::tr("%1: %2 requests").arg(name, format::count(source.requests));
}

} // namespace

TierHealth tierHealth(const TierState &tier)
{
    if (!tier.configured)
        return TierHealth::Off;
    if (!tier.usage.up)
        return TierHealth::Down;
    return tier.degraded ? TierHealth::Degraded : TierHealth::Ok;
}

TierHealth sourceHealth(const std::vector<SourceStatus> &sources)
{
    int configured = 0, troubled = 0;
    for (const SourceStatus &source : sources) {
        configured += source.configured;
        troubled += source.configured && isTroubled(source);
    }
    if (configured == 0)
        return TierHealth::Off;
    return troubled == 0 ? TierHealth::Ok : troubled < configured ? TierHealth::Degraded : TierHealth::Down;
}

SloStrip::SloStrip(QWidget *parent) : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    row->setSpacing(8);
    for (const SloKind kind : {SloKind::HitRatio, SloKind::MeanLatency, SloKind::Memory}) {
        auto *tile = new SloTile(kind, this);
        row->addWidget(tile, 1);
        m_tiles[static_cast<int>(kind)] = tile;
        connect(tile, &SloTile::clicked, this, [this, kind] { Q_EMIT tileClicked(kind); });
    }
    row->addSpacing(8);
    for (int i = 0; i <= tierCount; ++i) {
        m_chips[i] = new TierChip(Stage(i), this);
        row->addWidget(m_chips[i]);
    }
    m_backlog = new BacklogChip(this);
    row->addWidget(m_backlog);
}

void SloStrip::showSnapshot(const Snapshot &snapshot, SeriesRange range)
{
    for (int i = 0; i < sloKindCount; ++i)
        m_tiles[i]->show(snapshot.objectives[i], snapshot, range);
    for (int i = 0; i < tierCount; ++i)
        m_chips[i]->show(tierHealth(snapshot.tiers[i]), QString::fromStdString(snapshot.tiers[i].usage.detail));
    QStringList lines;
    for (const SourceStatus &source : snapshot.sources)
        lines << sourceLine(source);
    m_chips[tierCount]->show(sourceHealth(snapshot.sources), lines.join(u'\n'));
    m_backlog->show(snapshot);
}

} // namespace insitecache
