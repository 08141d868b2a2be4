// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

class QLabel;
class QPushButton;
class QTableWidget;
class QTimer;

namespace insitecache {

/// What is to be invalidated later, by whichever process on the same database; one of it can be cancelled. It asks
/// every two seconds while it is visible.
class ScheduledView : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the view.
    explicit ScheduledView(Monitor &monitor, QWidget *parent = nullptr);

public Q_SLOTS:
    void refresh();

Q_SIGNALS:
    void countChanged(int count);
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrived(Result<std::vector<ScheduledInvalidation>> answer);
    void showRows();
    void showTimes();
    void showState();
    void cancelCurrent();
    void retranslate();

    Monitor &m_monitor;
    std::vector<ScheduledInvalidation> m_rows; ///< by due time
    QString m_problem;
    bool m_asking = false;
    QLabel *m_text;
    QTableWidget *m_table;
    QPushButton *m_cancel;
    QTimer *m_tick;
};

} // namespace insitecache
