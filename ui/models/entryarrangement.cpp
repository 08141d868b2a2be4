// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entryarrangement.h"

#include <algorithm>
#include <limits>

namespace insitecache {

namespace {

constexpr quint32 noPlace = std::numeric_limits<quint32>::max();

/// Any column as one number, so that sorting compares numbers only.
class EntryRanks {
public:
    EntryRanks(const EntrySnapshot &snapshot, EntryColumn column, Millis since) :
        m_snapshot(snapshot), m_column(column), m_since(since)
    {
        if (column == EntryColumn::Type || column == EntryColumn::Source)
            rankTexts();
    }

    qint64 of(quint32 place) const
    {
        const EntryRow &row = m_snapshot.page.rows[place];
        switch (m_column) {
        case EntryColumn::Key: return place; // the page is by key
        case EntryColumn::Type:
        case EntryColumn::Source: return m_texts.at(textOf(row));
        case EntryColumn::TtlLeft:
        case EntryColumn::ExpiresAt: return row.expires.time_since_epoch().count();
        case EntryColumn::Hits: return static_cast<qint64>(row.hits);
        // By what falls with it first, then by what it was made from.
        case EntryColumn::Deps: return (static_cast<qint64>(row.children) << 32) + row.parents;
        default: return ofMoment(row);
        }
    }

private:
    std::string_view textOf(const EntryRow &row) const
    {
        return m_column == EntryColumn::Type ? row.key.type() : std::string_view(row.origin);
    }

    void rankTexts()
    {
        for (const EntryRow &row : m_snapshot.page.rows)
            m_texts.try_emplace(textOf(row), 0);
        qint64 rank = 0;
        for (auto &text : m_texts)
            text.second = rank++;
    }

    qint64 ofMoment(const EntryRow &row) const
    {
        const EntryMoment moment = momentOf(row, m_snapshot.context, m_since);
        if (m_column == EntryColumn::State)
            return static_cast<qint64>(moment.state);
        if (m_column == EntryColumn::Size)
            return moment.answering < 0 ? 0 : static_cast<qint64>(row.tiers[moment.answering].bytes);
        qint64 mask = 0;
        for (int i = 0; i < tierCount; ++i)
            mask = mask * 2 + (row.tiers[i].present ? 1 : 0);
        return mask;
    }

    const EntrySnapshot &m_snapshot;
    EntryColumn m_column;
    Millis m_since;
    std::map<std::string_view, qint64> m_texts;
};

bool isBefore(qint64 a, quint32 placeA, qint64 b, quint32 placeB, Qt::SortOrder order)
{
    if (a != b)
        return order == Qt::AscendingOrder ? a < b : a > b;
    return placeA < placeB;
}

bool matchesNow(const EntrySnapshot &snapshot, quint32 place, const EntryFilter &filter, Millis since)
{
    const EntryRow &row = snapshot.page.rows[place];
    return filter.matches(row, momentOf(row, snapshot.context, since));
}

/// For each row of `before`, its place in `after`: both are by key.
std::vector<quint32> placesAfter(const std::vector<EntryRow> &before, const std::vector<EntryRow> &after)
{
    std::vector<quint32> places(before.size(), noPlace);
    std::size_t j = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        while (j < after.size() && after[j].key < before[i].key)
            ++j;
        if (j < after.size() && after[j].key == before[i].key)
            places[i] = static_cast<quint32>(j);
    }
    return places;
}

void noteRemoved(std::vector<EntryChange::Range> &ranges, int row)
{
    if (!ranges.empty() && ranges.back().first + ranges.back().count == row)
        ++ranges.back().count;
    else
        ranges.push_back({row, 1});
}

} // namespace

EntryOrder arrangeEntries(const EntrySnapshot &snapshot, const EntryFilter &filter, EntrySort sort, Millis since)
{
    const EntryRanks ranks(snapshot, sort.column, since);
    std::vector<std::pair<qint64, quint32>> ranked;
    for (quint32 place = 0; place < snapshot.page.rows.size(); ++place) {
        if (filter.isEmpty() || matchesNow(snapshot, place, filter, since))
            ranked.emplace_back(ranks.of(place), place);
    }
    std::sort(ranked.begin(), ranked.end(),
        [&](const auto &a, const auto &b) { return isBefore(a.first, a.second, b.first, b.second, sort.order); });
    EntryOrder order;
    order.reserve(ranked.size());
    for (const auto &entry : ranked)
        order.push_back(entry.second);
    return order;
}

std::map<QString, quint64> countEntryTypes(const EntrySnapshot &snapshot, const EntryFilter &filter, Millis since)
{
    std::map<std::string_view, quint64> counted;
    for (const EntryRow &row : snapshot.page.rows) {
        if (filter.matchesButType(row, momentOf(row, snapshot.context, since)))
            ++counted[row.key.type()];
    }
    std::map<QString, quint64> out;
    for (const auto &[type, count] : counted)
        out.emplace(QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size())), count);
    return out;
}

EntryChange followEntries(const EntrySnapshot &before, const EntryOrder &order, const EntrySnapshot &after,
    const EntryFilter &filter, EntrySort sort, Millis since)
{
    EntryChange change;
    const std::vector<quint32> places = placesAfter(before.page.rows, after.page.rows);
    const EntryRanks ranks(after, sort.column, since);
    std::size_t matching = 0;
    for (quint32 place = 0; place < after.page.rows.size(); ++place)
        matching += matchesNow(after, place, filter, since) ? 1 : 0;
    for (std::size_t row = 0; row < order.size(); ++row) {
        const quint32 place = places[order[row]];
        if (place == noPlace || !matchesNow(after, place, filter, since)) {
            noteRemoved(change.removed, static_cast<int>(row));
            continue;
        }
        if (!change.order.empty()) {
            const quint32 above = change.order.back();
            change.outOfOrder
                = change.outOfOrder || isBefore(ranks.of(place), place, ranks.of(above), above, sort.order);
        }
        change.order.push_back(place);
    }
    std::reverse(change.removed.begin(), change.removed.end());
    change.added = static_cast<int>(matching - change.order.size());
    return change;
}

} // namespace insitecache
