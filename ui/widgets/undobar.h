// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <insitecache/monitor/monitor.h>

#include "models/undooffers.h"

class QLabel;
class QPushButton;
class QTimer;

namespace insitecache {

/// Offers to undo the newest invalidation while that is possible, counting down, and says what an undo did.
class UndoBar : public QFrame {
    Q_OBJECT

public:
    /// The monitor must outlive the bar.
    explicit UndoBar(Monitor &monitor, QWidget *parent = nullptr);

    /// Something was invalidated; without an id in the result there is nothing to offer.
    void offer(const Invalidation &wish, const InvalidationResult &result);

public Q_SLOTS:
    void undo();

Q_SIGNALS:
    /// Seconds left, 0: nothing can be undone. Once a second while something can.
    void offered(int secondsLeft);
    void undone();
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void finished(std::uint64_t id, const Result<UndoResult> &result);
    void showState();

    Monitor &m_monitor;
    UndoOffers m_offers;
    QString m_outcome; ///< of the last undo, until the next invalidation
    bool m_busy = false;
    QLabel *m_text;
    QPushButton *m_button;
    QTimer *m_tick;
};

} // namespace insitecache
