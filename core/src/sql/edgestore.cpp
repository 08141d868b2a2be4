// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/edgestore.h"

#include <algorithm>
#include <unordered_set>

#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include "coherence/dependencygraph.h"
#include "sql/sqlkeys.h"

namespace insitecache {

namespace {

QString textOf(const CacheKey &key)
{
    return QString::fromStdString(key.text());
}

std::vector<CacheKey> keysOf(QSqlQuery &query)
{
    std::vector<CacheKey> keys;
    while (query.next()) {
        if (auto key = CacheKey::parse(query.value(0).toString().toStdString()))
            keys.push_back(std::move(*key));
    }
    return keys;
}

} // namespace

Status EdgeStore::run(QSqlQuery &query) const
{
    if (!query.exec())
        return tl::unexpected(m_file.errorOf(query.lastError()));
    return {};
}

Status EdgeStore::dropEdgesOf(const QString &space, const QStringList &children)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("DELETE FROM edges WHERE space = ? AND declared = 0 AND child IN (%1)")
                      .arg(sqlMarks(static_cast<std::size_t>(children.size()))));
    query.addBindValue(space);
    for (const QString &child : children)
        query.addBindValue(child);
    return run(query);
}

Status EdgeStore::replaceParents(const CacheKey &child, const std::vector<CacheKey> &parents)
{
    const QString space = m_spaceOf(child);
    if (Status ok = dropEdgesOf(space, {textOf(child)}); !ok)
        return ok;
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("INSERT OR IGNORE INTO edges (space, child, parent, declared) VALUES (?, ?, ?, 0)"));
    for (const CacheKey &parent : parents) {
        query.addBindValue(space);
        query.addBindValue(textOf(child));
        query.addBindValue(textOf(parent));
        if (Status ok = run(query); !ok)
            return ok;
    }
    return {};
}

Status EdgeStore::declare(const Edge &edge)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("INSERT OR REPLACE INTO edges (space, child, parent, declared) VALUES (?, ?, ?, 1)"));
    query.addBindValue(m_spaceOf(edge.child));
    query.addBindValue(textOf(edge.child));
    query.addBindValue(textOf(edge.parent));
    return run(query);
}

Result<bool> EdgeStore::remove(const Edge &edge)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("DELETE FROM edges WHERE space = ? AND child = ? AND parent = ?"));
    query.addBindValue(m_spaceOf(edge.child));
    query.addBindValue(textOf(edge.child));
    query.addBindValue(textOf(edge.parent));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    return query.numRowsAffected() > 0;
}

Status EdgeStore::purge(int limit)
{
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral(
        "DELETE FROM edges WHERE (space, child, parent) IN (SELECT space, child, parent FROM edges WHERE declared = 0"
        " AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.space = edges.space AND entries.key = edges.child)"
        " LIMIT ?)"));
    query.addBindValue(limit);
    return run(query);
}

// A root may be a key that is not cached itself, so the parents of edges are looked through, not the entries.
Result<std::vector<CacheKey>> EdgeStore::rootsOf(const Selector &which) const
{
    if (const auto *named = which.namedKeys())
        return *named;
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral(
        "SELECT DISTINCT parent FROM edges WHERE parent >= CAST(? AS TEXT) AND parent < CAST(? AS TEXT)"));
    bindPrefixRange(query, which.literalPrefix());
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    std::vector<CacheKey> roots = keysOf(query);
    std::erase_if(roots, [&](const CacheKey &key) { return !which.matches(key.text()); });
    return roots;
}

Result<EdgeStore::ChildRows> EdgeStore::readChildren(QSqlQuery &query, std::size_t limit) const
{
    query.addBindValue(static_cast<qulonglong>(limit));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    ChildRows rows;
    std::size_t count = 0;
    for (; query.next(); ++count) {
        rows.lastSpace = query.value(0).toString();
        rows.lastChild = query.value(1).toString();
        auto child = CacheKey::parse(rows.lastChild.toStdString());
        if (child && m_spaceOf(*child) == rows.lastSpace)
            rows.keys.push_back(std::move(*child));
    }
    rows.isFull = count == limit;
    return rows;
}

Result<EdgeStore::ChildRows> EdgeStore::childrenOf(const std::vector<CacheKey> &parents, std::size_t limit) const
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(
        QStringLiteral("SELECT space, child FROM edges WHERE parent IN (%1) LIMIT ?").arg(sqlMarks(parents.size())));
    for (const CacheKey &parent : parents)
        query.addBindValue(textOf(parent));
    return readChildren(query, limit);
}

Result<EdgeStore::ChildRows> EdgeStore::childrenAfter(
    const CacheKey &parent, const ChildRows &page, std::size_t limit) const
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT space, child FROM edges WHERE parent = ? AND (space, child) > (?, ?)"
                                 " ORDER BY space, child LIMIT ?"));
    query.addBindValue(textOf(parent));
    query.addBindValue(page.lastSpace);
    query.addBindValue(page.lastChild);
    return readChildren(query, limit);
}

Result<EdgeStore::EdgeRows> EdgeStore::edgesAfter(const EdgeRows &page, std::size_t limit) const
{
    QSqlQuery query(m_file.database());
    query.setForwardOnly(true);
    query.prepare(QStringLiteral("SELECT space, child, parent FROM edges WHERE (space, child, parent) > (?, ?, ?)"
                                 " ORDER BY space, child, parent LIMIT ?"));
    for (const QString &last : {page.space, page.child, page.parent})
        query.addBindValue(last);
    query.addBindValue(static_cast<qulonglong>(limit));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    EdgeRows rows;
    std::size_t count = 0;
    for (; query.next(); ++count) {
        rows.space = query.value(0).toString();
        rows.child = query.value(1).toString();
        rows.parent = query.value(2).toString();
        auto child = CacheKey::parse(rows.child.toStdString());
        auto parent = CacheKey::parse(rows.parent.toStdString());
        if (child && parent && m_spaceOf(*child) == rows.space)
            rows.edges.push_back({std::move(*parent), std::move(*child)});
    }
    rows.isFull = count == limit;
    return rows;
}

// The part of the graph that can be reached is read into memory, and the graph answers.
Result<Neighbourhood> EdgeStore::neighbourhood(const CacheKey &key, int maxDepth) const
{
    DependencyGraph graph;
    std::vector<CacheKey> open{key};
    std::unordered_set<CacheKey> seen{key};
    while (!open.empty()) {
        const CacheKey parent = std::move(open.back());
        open.pop_back();
        const auto children = childrenOf({parent}, Closure::maxDependents);
        if (!children)
            return tl::unexpected(children.error());
        for (const CacheKey &child : children->keys) {
            graph.add({parent, child});
            if (seen.insert(child).second && seen.size() <= Closure::maxDependents)
                open.push_back(child);
        }
    }
    QSqlQuery query(m_file.database());
    query.prepare(QStringLiteral("SELECT parent FROM edges WHERE space = ? AND child = ? ORDER BY parent"));
    query.addBindValue(m_spaceOf(key));
    query.addBindValue(textOf(key));
    if (Status ok = run(query); !ok)
        return tl::unexpected(ok.error());
    for (const CacheKey &parent : keysOf(query))
        graph.add({parent, key});
    return graph.neighbourhood(key, maxDepth);
}

} // namespace insitecache
