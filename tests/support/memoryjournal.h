// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <map>

#include "coherence/journal.h"

namespace insitecache::test {

/// A journal that outlives the cache that wrote it, as a disk outlives a process. It can hold its answers until a test
/// lets them go, or fail.
class MemoryJournal final : public Journal {
public:
    std::map<std::uint64_t, OwedInvalidation> owed;
    std::map<std::uint64_t, PendingWrite> writes;
    bool holding = false;
    std::optional<Error> failure;
    int commits = 0; ///< rows that were kept or replaced

    void release()
    {
        holding = false;
        while (!m_held.empty()) {
            auto next = std::move(m_held.front());
            m_held.pop_front();
            next();
        }
    }
    /// The process that used it is gone: what it still waited for was never written.
    void crash()
    {
        m_held.clear();
        holding = false;
    }
    /// As if another process had left these.
    void meet(Rows rows)
    {
        for (OwedInvalidation &row : rows.owed)
            row.id = newId();
        for (PendingWrite &row : rows.writes)
            row.id = newId();
        m_found(std::move(rows));
    }

    std::uint64_t newId() override { return ++m_lastId; }
    void keep(const OwedInvalidation &row, Done done) override
    {
        run(std::move(done), [this, row] { owed[row.id] = row; });
    }
    void keep(const PendingWrite &row, Done done) override
    {
        run(std::move(done), [this, row] { writes[row.id] = row; });
    }
    void drop(std::uint64_t id) override
    {
        owed.erase(id);
        writes.erase(id);
    }
    void follow(std::function<void(Rows)> found) override
    {
        m_found = std::move(found);
        Rows rows;
        for (const auto &[id, row] : owed)
            rows.owed.push_back(row);
        for (const auto &[id, row] : writes)
            rows.writes.push_back(row);
        m_found(std::move(rows));
    }

private:
    void run(Done done, std::function<void()> write)
    {
        auto commit = [this, done = std::move(done), write = std::move(write)] {
            if (failure)
                return done(tl::unexpected(*failure));
            ++commits;
            write();
            done({});
        };
        if (holding)
            m_held.push_back(std::move(commit));
        else
            commit();
    }

    std::uint64_t m_lastId = 0;
    std::deque<std::function<void()>> m_held;
    std::function<void(Rows)> m_found;
};

} // namespace insitecache::test
