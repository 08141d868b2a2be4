// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QString>

#include "models/drawngraph.h"
#include "theme/glyphicon.h"

namespace insitecache {

/// What a node of the picture shows of its key or group, ready to be painted.
struct NodeLook {
    QString title; ///< the key without its type, or what the keys of a group begin with
    QString under; ///< the type in words, and how many keys
    Glyph glyph = Glyph::Value;
    std::array<LevelMark, tierCount> levels{};
    int life = -1; ///< of lifeSteps, how much is left; −1: no ring
    bool isGroup = false;
    bool isMissing = false; ///< no tier holds it
    bool isOlder = false;
    bool isOnCycle = false;
    friend bool operator==(const NodeLook &, const NodeLook &) = default;

    /// The ring moves in so many steps, so that a node is only painted again when there is something to see.
    static constexpr int lifeSteps = 24;
};

/// `age`: how long ago the tiers were read. GUI thread.
NodeLook nodeLook(const KeyGraph &graph, const DrawnNode &node, Millis age);
/// The same for those who do not see it: "stock:AAPL, L1 present, …".
QString nodeWords(const KeyGraph &graph, const DrawnNode &node, Millis age);

} // namespace insitecache
