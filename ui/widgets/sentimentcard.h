// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <insitecache/sources/values.h>

class QLabel;

namespace insitecache {

class ScoreGauge;

/// What people say of a symbol: a score from −1 to +1, from how many posts, and by whom.
class SentimentCard : public QWidget {
    Q_OBJECT

public:
    explicit SentimentCard(QWidget *parent = nullptr);

    void show(const Sentiment &sentiment);
    using QWidget::show;

private:
    QLabel *m_title;
    QLabel *m_score;
    ScoreGauge *m_gauge;
    QLabel *m_counts;
    QLabel *m_sources;
};

} // namespace insitecache
