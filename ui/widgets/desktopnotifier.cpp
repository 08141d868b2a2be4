// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/desktopnotifier.h"

#include <QSystemTrayIcon>

#include "models/eventtexts.h"
#include "theme/glyphicon.h"

namespace insitecache {

DesktopNotifier::DesktopNotifier() = default;
namespace {

// A desktop may take the text for markup.
QString plainBody(QString text)
{
    return text.replace(u'<', u'‹');
}

} // namespace

DesktopNotifier::~DesktopNotifier() = default;

void DesktopNotifier::setEnabled(bool enabled)
{
    if (!enabled)
        return m_tray.reset();
    if (m_tray)
        return;
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        Q_EMIT unavailable(tr("This desktop has no tray, so notifications may not be shown."));
    m_tray = std::make_unique<QSystemTrayIcon>(glyphIcon(Glyph::App));
    connect(m_tray.get(), &QSystemTrayIcon::messageClicked, this, &DesktopNotifier::activated);
    connect(m_tray.get(), &QSystemTrayIcon::activated, this, &DesktopNotifier::activated);
    m_tray->show();
}

void DesktopNotifier::follow(const Snapshot &snapshot)
{
    for (const EventPtr &event : m_news.take(snapshot)) {
        if (!m_tray)
            continue;
        const bool bad = isBadNews(event->kind);
        m_tray->showMessage(eventName(event->kind), plainBody(eventSentence(*event)),
            bad ? QSystemTrayIcon::Warning : QSystemTrayIcon::Information);
    }
}

} // namespace insitecache
