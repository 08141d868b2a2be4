// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "tiers/entryblock.h"
#include "tiers/entryhash.h"
#include "tiers/entrytable.h"

namespace insitecache::test {

inline std::string tableKey(int number)
{
    return "stock:" + std::to_string(number);
}

inline EntryPtr tableEntry(int number, std::uint64_t version = 1)
{
    EntryFields fields;
    fields.key = CacheKey::parse(tableKey(number)).value();
    fields.version = version;
    return Entry::make(fields);
}

/// A table that owns what is in it, as its user does.
class TableRig {
public:
    TableRig() = default;
    ~TableRig()
    {
        table.forEach([](EntryTable::Id id) { EntryBlock::letGo(id); });
    }
    TableRig(const TableRig &) = delete;
    TableRig &operator=(const TableRig &) = delete;

    bool insert(int number, std::uint64_t version = 1)
    {
        EntryPtr entry = tableEntry(number, version);
        if (!table.insert(EntryBlock::idOf(*entry), hashOfKey(entry->keyText())))
            return false;
        EntryBlock::keep(std::move(entry));
        return true;
    }
    void replace(int number, std::uint64_t version)
    {
        EntryPtr entry = tableEntry(number, version);
        const std::uint64_t hash = hashOfKey(entry->keyText());
        const EntryTable::Id old = table.idOf(entry->keyText(), hash);
        table.replace(old, EntryBlock::idOf(*entry), hash);
        EntryBlock::keep(std::move(entry));
        EntryBlock::letGo(old);
    }
    void erase(int number)
    {
        const std::string key = tableKey(number);
        const EntryTable::Id id = table.idOf(key, hashOfKey(key));
        table.erase(id, hashOfKey(key));
        EntryBlock::letGo(id);
    }
    EntryPtr find(int number) const
    {
        const std::string key = tableKey(number);
        return table.find(key, hashOfKey(key));
    }

    EntryTable table;
};

} // namespace insitecache::test
