// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <vector>

#include <QAbstractTableModel>

#include "models/eventfilter.h"

namespace insitecache {

enum class EventColumn { Time, Kind, Severity, Target, Count, Tiers, Cause, Reason, Took, Id };
inline constexpr int eventColumnCount = 10;

/// The newest ten thousand events, oldest first, of which those that pass the filter are rows. What has to go to make
/// room is the oldest that is no error; only beyond a thousand errors the oldest of these go. GUI thread.
class EventsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int SeverityRole = Qt::UserRole; ///< int of EventSeverity
    static constexpr std::size_t most = 10'000, mostErrors = 1'000;

    using QAbstractTableModel::QAbstractTableModel;
    /// Later ones than all before, oldest first.
    void add(const std::vector<EventPtr> &events);
    void setFilter(const EventFilter &filter);
    const EventFilter &filter() const { return m_filter; }
    EventPtr eventAt(int row) const;
    /// −1: it is gone, or the filter hides it.
    int rowOf(std::uint64_t id) const;
    std::vector<EventPtr> shown() const { return {m_shown.begin(), m_shown.end()}; }
    std::size_t total() const { return m_all.size(); }
    std::uint64_t newest() const { return m_newest; }
    /// The language has changed, and with it what the words of the filter are looked for in.
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void makeRoom();

    std::deque<EventPtr> m_all, m_shown; ///< by id
    std::size_t m_errors = 0;            ///< in m_all
    std::uint64_t m_newest = 0;
    EventFilter m_filter;
};

} // namespace insitecache
