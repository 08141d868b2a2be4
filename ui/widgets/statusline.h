// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QStatusBar>

#include <insitecache/monitor/snapshot.h>

class QLabel;

namespace insitecache {

/// Entries per tier, how fresh the numbers are, what this program costs, and one message.
class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void showSnapshot(const Snapshot &snapshot);
    /// Plain text; goes away by itself.
    void say(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showAge();

    QLabel *m_entries;
    QLabel *m_age;
    QLabel *m_memory;
    QElapsedTimer m_since;
    std::uint64_t m_serial = 0;
};

} // namespace insitecache
