// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/drawngraph.h"

namespace insitecache {

/// What stands out in the picture when one node is looked at: everything that falls with it, by how far away it is, and
/// what it was made from. A group stands for all of its keys.
struct Highlight {
    int chosen = -1;        ///< −1: nothing is looked at, and everything is shown alike
    std::vector<int> below; ///< by drawn node: hops down from the chosen one, −1: it does not fall
    std::vector<bool> above;

    Highlight() = default;
    Highlight(const KeyGraph &graph, const DrawnGraph &drawn, int chosen, bool withAbove);

    bool isOn() const { return chosen >= 0; }
    bool standsOut(int node) const;
};

} // namespace insitecache
