// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QElapsedTimer>
#include <QGroupBox>

#include <insitecache/coherence/invalidation.h>

class QLabel;
class QListWidget;

namespace insitecache {

/// What an invalidation would hit: the target in words, count, exact or estimated, how old, per tier, how far from what
/// was named, whether it can be undone, and the first keys by name where the target is not simply all of them.
class PreviewView : public QGroupBox {
    Q_OBJECT

public:
    explicit PreviewView(QWidget *parent = nullptr);

    void showPreview(const InvalidationPreview &preview, const Invalidation &wish);
    void showCounting();
    /// One line in place of a count; empty: what to do.
    void showProblem(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showAge();
    void retranslate();

    std::optional<InvalidationPreview> m_preview;
    Invalidation m_wish;
    QString m_problem;
    bool m_counting = false;
    QElapsedTimer m_since;
    QLabel *m_count;
    QLabel *m_target;
    QLabel *m_badge;
    QLabel *m_hops;
    QLabel *m_tiers;
    QLabel *m_undo;
    QLabel *m_failures;
    QListWidget *m_sample;
};

} // namespace insitecache
