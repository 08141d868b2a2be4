// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QFrame>

#include <insitecache/coherence/invalidation.h>

class QLabel;
class QPushButton;

namespace insitecache {

/// What an invalidation did: requested, deleted, verified, per tier. A tier that was not reached makes it partial,
/// with the cause, what happens next, and a button to try again there.
class OutcomeView : public QFrame {
    Q_OBJECT

public:
    explicit OutcomeView(QWidget *parent = nullptr);

    void showOutcome(const Invalidation &wish, const InvalidationResult &result);

Q_SIGNALS:
    /// The same again, at the tiers that were not reached.
    void retryAsked(const insitecache::Invalidation &rest);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    std::optional<InvalidationResult> m_result;
    Invalidation m_wish;
    QLabel *m_text;
    QPushButton *m_retry;
};

} // namespace insitecache
