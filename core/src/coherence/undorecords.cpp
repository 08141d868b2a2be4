// SPDX-License-Identifier: GPL-3.0-or-later
#include "coherence/undorecords.h"

#include <algorithm>

namespace insitecache {

namespace {

void markNewer(UndoRecord &record, const Selector &which)
{
    if (const auto *named = which.namedKeys()) {
        for (const CacheKey &key : *named) {
            if (const auto found = record.keys.find(key); found != record.keys.end())
                found->second.newer = true;
        }
        return;
    }
    for (auto &[key, kept] : record.keys)
        kept.newer = kept.newer || which.matches(key.text());
}

} // namespace

std::uint64_t UndoRecords::costOf(const CacheKey &key, std::uint64_t payloadBytes)
{
    return payloadBytes + key.text().size() + sizeof(Entry);
}

UndoRecordPtr UndoRecords::open(const std::vector<CacheKey> &keys)
{
    auto record = std::make_shared<UndoRecord>();
    record->id = ++m_lastId;
    for (const CacheKey &key : keys)
        record->keys[key];
    m_records.push_back(record);
    return record;
}

std::uint64_t UndoRecords::offer(const UndoRecordPtr &record, SteadyTime now)
{
    for (const auto &[key, kept] : record->keys) {
        for (const EntryPtr &copy : kept.copies)
            record->bytes += copy ? costOf(key, copy->payload().size()) : 0;
    }
    if (record->bytes == 0 || !fits(record->keys.size(), record->bytes)) {
        close(record);
        return 0;
    }
    record->offered = true;
    record->until = now + undoKeptFor;
    makeRoom(*record);
    return record->id;
}

void UndoRecords::makeRoom(const UndoRecord &newest)
{
    std::size_t keys = newest.keys.size();
    std::uint64_t bytes = newest.bytes;
    for (std::size_t i = m_records.size(); i-- > 0;) {
        const UndoRecord &older = *m_records[i];
        if (!older.offered || &older == &newest)
            continue;
        keys += older.keys.size();
        bytes += older.bytes;
        if (!fits(keys, bytes))
            m_records.erase(m_records.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

UndoRecordPtr UndoRecords::take(std::uint64_t id, SteadyTime now)
{
    for (const UndoRecordPtr &record : m_records) {
        if (record->id == id && record->offered && now < record->until) {
            record->offered = false;
            return record;
        }
    }
    return nullptr;
}

void UndoRecords::close(const UndoRecordPtr &record)
{
    std::erase(m_records, record);
}

void UndoRecords::overtake(const Selector &which, const UndoRecord *own)
{
    for (const UndoRecordPtr &record : m_records) {
        if (record.get() != own)
            markNewer(*record, which);
    }
}

void UndoRecords::purge(SteadyTime now)
{
    std::erase_if(m_records, [&](const UndoRecordPtr &record) { return record->offered && now >= record->until; });
}

} // namespace insitecache
