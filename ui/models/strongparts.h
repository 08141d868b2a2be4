// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace insitecache {

/// The strongly connected parts of a directed graph: in each, every node can be reached from every other. A node that
/// lies on no cycle is a part of its own. Every node is in one part.
///
/// Tarjan (SIAM J. Comput. 1(2), 1972) with a stack of its own instead of recursion: a chain of any length is walked,
/// in time linear in nodes and edges. Precondition: `children` name nodes from 0 to its size.
std::vector<std::vector<int>> strongParts(const std::vector<std::vector<int>> &children);

} // namespace insitecache
