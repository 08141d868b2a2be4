// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include "models/entryfilter.h"

/// Which rows the entries table shows, and in which order. Pure functions over immutable data, so that they run beside
/// the GUI: filtering and sorting tens of thousands of rows takes longer than one frame.
namespace insitecache {

enum class EntryColumn { Key, Type, Levels, TtlLeft, ExpiresAt, Hits, Size, Deps, Source, State };
inline constexpr int entryColumnCount = 10;

struct EntrySort {
    EntryColumn column = EntryColumn::Key;
    Qt::SortOrder order = Qt::AscendingOrder;
    friend bool operator==(const EntrySort &, const EntrySort &) = default;
};

/// One page of rows, by key, with what they share. Immutable once shared.
struct EntrySnapshot {
    EntryPage page;
    EntryContext context;
};
using EntrySnapshotPtr = std::shared_ptr<const EntrySnapshot>;

/// Places in the page's rows, in the order of the table.
using EntryOrder = std::vector<quint32>;

/// Everything that matches, sorted; rows that are equal by the column stand by key.
EntryOrder arrangeEntries(const EntrySnapshot &snapshot, const EntryFilter &filter, EntrySort sort, Millis since);
/// Per type, how many rows match all but the type.
std::map<QString, quint64> countEntryTypes(const EntrySnapshot &snapshot, const EntryFilter &filter, Millis since);

/// What a newer page means for a table that keeps its order.
struct EntryChange {
    EntryOrder order; ///< what stays, in the old order, as places in the new page
    struct Range {
        int first = 0, count = 0;
    };
    std::vector<Range> removed; ///< rows of the old table, the last first
    int added = 0;              ///< match but were not in the table
    bool outOfOrder = false;    ///< sorting again would move something
};
EntryChange followEntries(const EntrySnapshot &before, const EntryOrder &order, const EntrySnapshot &after,
    const EntryFilter &filter, EntrySort sort, Millis since);

} // namespace insitecache
