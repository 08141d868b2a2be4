// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>

class QComboBox;
class QSpinBox;
class QTimeEdit;

namespace insitecache {

/// Now, in so many seconds, or at a time of today.
class DueChooser : public QWidget {
    Q_OBJECT

public:
    explicit DueChooser(QWidget *parent = nullptr);

    /// Nothing: now. The error is one line: the time has passed.
    tl::expected<std::optional<WallTime>, QString> due(WallTime now) const;
    /// "in 30 s", "for 15:30:00"; empty for now.
    QString words() const;
    void chooseNow();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum When { Now, In, At };

    void choose(int when);
    void retranslate();

    QComboBox *m_when;
    QSpinBox *m_seconds;
    QTimeEdit *m_time;
};

} // namespace insitecache
