// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>

#include "models/newsfilter.h"

class QSystemTrayIcon;

namespace insitecache {

/// Tells of alerts through the desktop, when the reader wants that and the desktop can. Off until it is told otherwise;
/// there is no icon in the tray while it is off.
class DesktopNotifier : public QObject {
    Q_OBJECT

public:
    DesktopNotifier();
    ~DesktopNotifier() override;

    void setEnabled(bool enabled);
    void follow(const Snapshot &snapshot);

Q_SIGNALS:
    /// A notification was clicked.
    void activated();
    /// The desktop has nowhere to show them; one line, plain text.
    void unavailable(const QString &why);

private:
    NewsFilter m_news;
    std::unique_ptr<QSystemTrayIcon> m_tray;
};

} // namespace insitecache
