// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QTabWidget>

#include "models/dependencytreemodel.h"

namespace insitecache {

class DependencyTreeView;

/// The graph for the keyboard and for screen readers: what depends on a key, and what it depends on, in two tabs. What
/// is open, the current row and the scroll position belong to keys, so they survive a newer graph.
class DependencyTree : public QTabWidget {
    Q_OBJECT

public:
    explicit DependencyTree(QWidget *parent = nullptr);

    /// Without a root, or when it is not in the graph, all of the graph.
    void setGraph(const KeyGraphPtr &graph, const std::optional<CacheKey> &root, Millis age);
    /// How long ago the tiers were read: what is in sight counts down.
    void setAge(Millis age);
    /// The key of the current row in the tab in sight.
    std::optional<CacheKey> currentKey() const;

Q_SIGNALS:
    void lookedAt(int number); ///< moved to by the keyboard or the mouse; −1: the keyboard has left
    void chosen(int number);   ///< Enter, double click
    void invalidationAsked();
    void released(); ///< Esc

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Side {
        DependencyTreeModel *model;
        DependencyTreeView *view;
    };
    Side makeSide(KeyGraph::Way way, const char *name);
    void showCounts();
    void retranslate();

    std::array<Side, 2> m_sides;
    KeyGraphPtr m_graph;
    std::optional<CacheKey> m_root;
};

} // namespace insitecache
