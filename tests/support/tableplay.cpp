// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/l1plays.h"

#include <map>

#include "support/opbytes.h"
#include "support/tablerig.h"

namespace insitecache::test {

namespace {

class TablePlay {
public:
    std::string step(OpBytes &ops)
    {
        const std::uint64_t what = ops.below(8);
        const int number = int(ops.below(65'536));
        if (what == 0)
            return run(number, 120, [this](int at) { erase(at); });
        if (what < 4)
            return run(number, 60, [this](int at) { write(at); });
        if (what == 4)
            return run(number, 1, [this](int at) { erase(at); });
        write(number);
        return agree(number);
    }
    std::string finish() const
    {
        std::size_t visited = 0;
        m_rig.table.forEach([&](EntryTable::Id) { ++visited; });
        if (visited != m_versions.size())
            return "a visit finds " + std::to_string(visited) + " of " + std::to_string(m_versions.size());
        for (const auto &[number, version] : m_versions) {
            if (std::string wrong = agree(number); !wrong.empty())
                return wrong;
        }
        return {};
    }

private:
    template <class Change>
    std::string run(int first, int count, Change change)
    {
        for (int number = first; number < first + count; ++number)
            change(number);
        return agree(first);
    }
    void write(int number)
    {
        ++m_version;
        if (m_versions.contains(number))
            m_rig.replace(number, m_version);
        else if (!m_rig.insert(number, m_version))
            return;
        m_versions[number] = m_version;
    }
    void erase(int number)
    {
        if (m_versions.erase(number) > 0)
            m_rig.erase(number);
    }
    std::string agree(int number) const
    {
        const EntryPtr entry = m_rig.find(number);
        const auto found = m_versions.find(number);
        if (m_rig.table.size() != m_versions.size())
            return "the number of entries is wrong";
        if (bool(entry) != (found != m_versions.end()))
            return (entry ? "there is still " : "there is no ") + tableKey(number);
        return !entry || entry->version() == found->second ? std::string() : "another version of " + tableKey(number);
    }

    TableRig m_rig;
    std::uint64_t m_version = 0;
    std::map<int, std::uint64_t> m_versions;
};

} // namespace

std::string playOnTable(std::span<const std::uint8_t> bytes)
{
    OpBytes ops(bytes);
    TablePlay play;
    while (!ops.isAtEnd()) {
        if (std::string wrong = play.step(ops); !wrong.empty())
            return wrong;
    }
    return play.finish();
}

} // namespace insitecache::test
