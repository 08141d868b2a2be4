// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QString>

#include <insitecache/base/selector.h>
#include <insitecache/coherence/dependency.h>

#include "sql/sqlitefile.h"

class QSqlQuery;

namespace insitecache {

/// The edges table: which key was made from which, shared by every process on this database. An edge lies in the space
/// of its child. Blocks; database thread only. Transactions are the caller's.
class EdgeStore {
public:
    using SpaceOf = std::function<QString(const CacheKey &)>;
    EdgeStore(SqliteFile &file, SpaceOf spaceOf) : m_file(file), m_spaceOf(std::move(spaceOf)) {}

    /// The entry of `child` was loaded from these parents; what it was loaded from before no longer counts.
    Status replaceParents(const CacheKey &child, const std::vector<CacheKey> &parents);
    /// An edge that a person declared; it outlives the child's entry.
    Status declare(const Edge &edge);
    /// False: there was none.
    Result<bool> remove(const Edge &edge);
    /// The entry is gone, and its own edges with it.
    Status dropEdgesOf(const QString &space, const QString &child);
    /// Removes up to `limit` edges whose child's entry is gone.
    Status purge(int limit);

    /// Everything below the matching keys, breadth-first with a visited set.
    Result<Closure> closure(const Selector &roots, std::size_t cap) const;
    Result<Neighbourhood> neighbourhood(const CacheKey &key, int maxDepth) const;

private:
    Status run(QSqlQuery &query) const;
    Result<std::vector<CacheKey>> rootsOf(const Selector &which) const;
    Result<std::vector<CacheKey>> childrenOf(const std::vector<CacheKey> &parents) const;

    SqliteFile &m_file;
    SpaceOf m_spaceOf;
};

} // namespace insitecache
