// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/coherence/dependency.h>

namespace insitecache {

/// The edges between keys in memory, walked breadth-first with a visited set: no recursion, so neither a cycle nor a
/// chain of any length can end the program, and a diamond is walked once.
///
/// Keys are numbered, so an edge costs eight bytes and a walk touches no text. A number is used again when the last
/// edge of its key is gone.
/// Not thread-safe.
class DependencyGraph {
public:
    enum class Added { New, NewClosesCycle, Known };

    /// O(1), and a walk from the child only when both ends already have edges the other way.
    Added add(const Edge &edge);
    bool remove(const Edge &edge);
    /// The entries of `children` are gone: their edges to parents go too. Returns how many.
    std::size_t dropEdgesOf(const std::vector<CacheKey> &children);

    Closure closure(const std::vector<CacheKey> &roots, std::size_t cap = Closure::maxDependents) const;
    /// The keys of that selection that others depend on; named keys as they are.
    std::vector<CacheKey> parentsMatching(const Selector &which) const;
    Neighbourhood neighbourhood(const CacheKey &key, int maxDepth) const;
    EdgeList edges(std::size_t limit) const;

    std::size_t edgeCount() const { return m_edges; }
    std::size_t keyCount() const { return m_numbers.size(); }

private:
    using Number = std::uint32_t;
    static constexpr Number nobody = std::numeric_limits<Number>::max();
    struct Node {
        CacheKey key;
        std::vector<Number> parents, children;
    };

    Number numberOf(const CacheKey &key) const;
    Number makeNumber(const CacheKey &key);
    void forgetIfLonely(Number number);
    bool reaches(Number from, Number to) const;
    template <class Visit>
    void walk(const std::vector<Number> &roots, Visit visit) const;
    void findCycles(Number start, std::vector<std::vector<CacheKey>> &cycles) const;

    std::vector<Node> m_nodes;
    std::vector<Number> m_free;
    std::unordered_map<CacheKey, Number> m_numbers;
    std::size_t m_edges = 0;
};

} // namespace insitecache
