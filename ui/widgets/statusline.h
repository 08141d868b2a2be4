// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QStatusBar>

#include <insitecache/monitor/snapshot.h>

class QLabel;
class QToolButton;

namespace insitecache {

/// Entries per tier, how fresh the numbers are, what this program costs, and one message.
class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot);
    /// Plain text; goes away by itself.
    void say(const QString &text);

Q_SIGNALS:
    /// The newest alert that nobody has acknowledged, or the newest one.
    void alertClicked(quint64 event);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showAge();
    void showAlerts(const std::vector<Alert> &alerts);

    QToolButton *m_alerts;
    std::uint64_t m_alert = 0; ///< the event that a click opens
    QLabel *m_entries;
    QLabel *m_age;
    QLabel *m_memory;
    QElapsedTimer m_since;
    std::uint64_t m_serial = 0;
};

} // namespace insitecache
