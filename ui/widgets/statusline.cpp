// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statusline.h"

#include <QEvent>
#include <QLabel>

#include "formatting/format.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr int sayMs = 12'000;

QString entriesOf(const Snapshot &snapshot, int tier)
{
    const TierState &state = snapshot.tiers[tier];
    if (!state.configured)
        return QStringLiteral("–");
    return state.usage.up ? format::count(state.usage.entries) : QStringLiteral("?");
}

} // namespace

StatusLine::StatusLine(QWidget *parent) :
    QStatusBar(parent), m_entries(new QLabel(this)), m_age(new QLabel(this)), m_memory(new QLabel(this))
{
    for (QLabel *label : {m_entries, m_age, m_memory}) {
        label->setTextFormat(Qt::PlainText);
        label->setContentsMargins(6, 0, 6, 0);
        addPermanentWidget(label);
    }
    retranslate();
}

void StatusLine::showSnapshot(const Snapshot &snapshot)
{
    QStringList parts;
    for (int i = 0; i < tierCount; ++i)
        parts << QStringLiteral("%1 %2 %3")
                     .arg(format::stage(Stage(i)), inkMarker(inkOf(Stage(i))), entriesOf(snapshot, i));
    m_entries->setText(parts.join(QStringLiteral("  ·  ")));
    m_memory->setText(tr("this app %1").arg(format::bytes(snapshot.processBytes)));
    if (snapshot.serial != m_serial || !m_since.isValid()) {
        m_serial = snapshot.serial;
        m_since.start();
    }
    showAge();
}

void StatusLine::showAge()
{
    const qint64 ms = m_since.isValid() ? m_since.elapsed() : 0;
    // Under two seconds the numbers are as fresh as they get; a counter that jumps about says nothing.
    m_age->setText(ms < 2000 ? tr("refreshed just now") : tr("refreshed %1").arg(format::ago(Millis(ms))));
}

void StatusLine::say(const QString &text)
{
    showMessage(QString(text).replace(u'\n', u' '), sayMs);
}

void StatusLine::retranslate()
{
    m_entries->setToolTip(tr("Entries in each tier; ? while a tier cannot be asked"));
    m_entries->setAccessibleName(tr("Entries in each tier"));
    m_memory->setToolTip(tr("Resident memory of this program, its L1 included"));
}

void StatusLine::changeEvent(QEvent *event)
{
    QStatusBar::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
