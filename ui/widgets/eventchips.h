// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "models/eventfilter.h"

class QToolButton;

namespace insitecache {

/// One button for each severity above "info" and each group of events: pressed ones leave only those. None pressed:
/// everything is shown.
class EventChips : public QWidget {
    Q_OBJECT

public:
    explicit EventChips(QWidget *parent = nullptr);

    /// Sets the two sets; the words stay.
    void apply(EventFilter &filter) const;
    void clear();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    QToolButton *add(const char *name);
    void retranslate();

    QToolButton *m_errors, *m_warnings;
    QToolButton *m_groups[5]; ///< by EventGroup
};

} // namespace insitecache
