// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QStringList>

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
    /// The entries are gone, and their own edges with them. At most keysPerStatement of one space.
    Status dropEdgesOf(const QString &space, const QStringList &children);
    /// Removes up to `limit` edges whose child's entry is gone.
    Status purge(int limit);

    Result<Neighbourhood> neighbourhood(const CacheKey &key, int maxDepth) const;
    /// Edges as they lie in the table, those of other spaces left out; full means that there may be more.
    struct EdgeRows {
        std::vector<Edge> edges;
        QString space = QStringLiteral(""), child = QStringLiteral(""),
                parent = QStringLiteral(""); ///< of the last row
        bool isFull = false;
    };
    /// The next page; an empty one is before the first.
    Result<EdgeRows> edgesAfter(const EdgeRows &page, std::size_t limit) const;

    /// The matching keys that others depend on; named ones as they are.
    Result<std::vector<CacheKey>> rootsOf(const Selector &which) const;
    /// Children as they lie in the table: a key may come twice, and full means that there may be more.
    struct ChildRows {
        std::vector<CacheKey> keys;
        QString lastSpace = QStringLiteral(""), lastChild = QStringLiteral(""); ///< of what was read
        bool isFull = false;
    };
    /// Precondition: at most keysPerStatement parents.
    Result<ChildRows> childrenOf(const std::vector<CacheKey> &parents, std::size_t limit) const;
    /// The next page of one parent; an empty one is before the first.
    Result<ChildRows> childrenAfter(const CacheKey &parent, const ChildRows &page, std::size_t limit) const;

private:
    Status run(QSqlQuery &query) const;
    Result<ChildRows> readChildren(QSqlQuery &query, std::size_t limit) const;

    SqliteFile &m_file;
    SpaceOf m_spaceOf;
};

} // namespace insitecache
