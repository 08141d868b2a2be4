// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/duechooser.h"

#include <QComboBox>
#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QTimeEdit>

namespace insitecache {

namespace {

constexpr int mostSeconds = 86'400;
constexpr int usualSeconds = 30;
constexpr int usualLead = 600; ///< where the clock time stands at first, in seconds from now

} // namespace

DueChooser::DueChooser(QWidget *parent) :
    QWidget(parent), m_when(new QComboBox(this)), m_seconds(new QSpinBox(this)), m_time(new QTimeEdit(this))
{
    m_when->setObjectName(QStringLiteral("dueWhen"));
    m_seconds->setObjectName(QStringLiteral("dueSeconds"));
    m_time->setObjectName(QStringLiteral("dueTime"));
    for (int i = Now; i <= At; ++i)
        m_when->addItem(QString());
    m_when->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_seconds->setRange(1, mostSeconds);
    m_seconds->setValue(usualSeconds);
    m_time->setDisplayFormat(QStringLiteral("HH:mm:ss"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    for (QWidget *part : std::initializer_list<QWidget *>{m_when, m_seconds, m_time})
        row->addWidget(part);
    row->addStretch(1);
    setFocusProxy(m_when);
    connect(m_when, &QComboBox::currentIndexChanged, this, &DueChooser::choose);
    connect(m_seconds, &QSpinBox::valueChanged, this, &DueChooser::changed);
    connect(m_time, &QTimeEdit::timeChanged, this, &DueChooser::changed);
    retranslate();
    choose(Now);
}

void DueChooser::choose(int when)
{
    m_seconds->setVisible(when == In);
    m_time->setVisible(when == At);
    if (when == At && m_time->time() <= QTime::currentTime()) {
        const QSignalBlocker quiet(m_time);
        const QTime proposed = QTime::currentTime().addSecs(usualLead);
        m_time->setTime(QTime(proposed.hour(), proposed.minute()));
    }
    Q_EMIT changed();
}

void DueChooser::chooseNow()
{
    m_when->setCurrentIndex(Now);
}

tl::expected<std::optional<WallTime>, QString> DueChooser::due(WallTime now) const
{
    if (m_when->currentIndex() == Now)
        return std::nullopt;
    if (m_when->currentIndex() == In)
        return now + std::chrono::seconds(m_seconds->value());
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    const WallTime due{Millis(QDateTime(today.date(), m_time->time()).toMSecsSinceEpoch())};
    if (due <= now)
        return tl::unexpected(tr("%1 has passed today").arg(m_time->time().toString(m_time->displayFormat())));
    return due;
}

QString DueChooser::words() const
{
    switch (m_when->currentIndex()) {
    case In: return tr("Schedule in %n s", nullptr, m_seconds->value());
    case At: return tr("Schedule for %1").arg(m_time->time().toString(m_time->displayFormat()));
    default: return {};
    }
}

void DueChooser::retranslate()
{
    const QSignalBlocker quiet(m_when);
    m_when->setItemText(Now, tr("Now"));
    m_when->setItemText(In, tr("In"));
    m_when->setItemText(At, tr("At"));
    m_when->setAccessibleName(tr("When to invalidate"));
    m_seconds->setSuffix(tr(" s", "seconds"));
    m_seconds->setAccessibleName(tr("Seconds from now"));
    m_time->setAccessibleName(tr("Time of today"));
}

void DueChooser::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
