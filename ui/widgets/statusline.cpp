// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/statusline.h"

#include <QEvent>
#include <QLabel>
#include <QToolButton>

#include <algorithm>

#include "formatting/format.h"
#include "models/eventtexts.h"
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
    QStatusBar(parent), m_alerts(new QToolButton(this)), m_entries(new QLabel(this)), m_age(new QLabel(this)),
    m_memory(new QLabel(this))
{
    m_alerts->setObjectName(QStringLiteral("alertCount"));
    m_alerts->setAutoRaise(true);
    m_alerts->setFocusPolicy(Qt::TabFocus);
    m_alerts->hide();
    addPermanentWidget(m_alerts);
    connect(m_alerts, &QToolButton::clicked, this, [this] { Q_EMIT alertClicked(m_alert); });
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
    showAlerts(snapshot.alerts);
}

void StatusLine::showAlerts(const std::vector<Alert> &alerts)
{
    m_alerts->setVisible(!alerts.empty());
    if (alerts.empty())
        return;
    const auto isNew = [](const Alert &alert) { return !alert.acknowledged; };
    const auto count = std::count_if(alerts.begin(), alerts.end(), isNew);
    const auto newest = std::find_if(alerts.rbegin(), alerts.rend(), isNew);
    m_alert = newest == alerts.rend() ? alerts.back().event : newest->event;
    QStringList names;
    for (const Alert &alert : alerts)
        names += QStringLiteral("%1: %2").arg(eventTargetName(QString::fromStdString(alert.target)),
            alert.acknowledged ? tr("acknowledged") : eventName(alert.kind));
    m_alerts->setText(count > 0 ? QStringLiteral("✖ ") + tr("%n alert(s)", nullptr, static_cast<int>(count))
                                : QStringLiteral("✔ ") + tr("alerts acknowledged"));
    m_alerts->setAccessibleName(m_alerts->text());
    m_alerts->setToolTip(names.join(u'\n').toHtmlEscaped());
    QPalette colours = palette();
    if (count > 0)
        colours.setColor(QPalette::ButtonText, inkColor(Ink::Error));
    m_alerts->setPalette(colours);
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
