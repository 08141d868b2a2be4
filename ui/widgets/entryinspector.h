// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "models/entrystate.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace insitecache {

class ValueView;

/// One entry from all sides. Showing it reads nothing from any tier; the value comes only when it is looked up.
class EntryInspector : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the inspector.
    explicit EntryInspector(Monitor &monitor, QWidget *parent = nullptr);

    /// `since`: how long before `now` the row was read.
    void showEntry(const EntryRow &row, const EntryMoment &moment, WallTime now, Millis since);
    void showNothing();

Q_SIGNALS:
    void lookupAsked();
    void dependenciesAsked();
    void invalidationAsked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLevels();
    void showLevels(const EntryRow &row, const EntryMoment &moment, Millis since);
    void showFacts(const EntryRow &row, const EntryMoment &moment, WallTime now);
    void showValueHint();
    void lookUp();
    void lookedUp(const std::vector<Lookup> &lookups);
    void retranslate();

    Monitor &m_monitor;
    std::optional<CacheKey> m_key;
    QLabel *m_title;
    QLabel *m_facts;
    QTableWidget *m_levels;
    QPushButton *m_load;
    QPushButton *m_open;
    QPushButton *m_deps;
    QPushButton *m_invalidate;
    ValueView *m_value;
    bool m_hasValue = false;
};

} // namespace insitecache
