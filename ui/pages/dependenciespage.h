// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/dependencyfeed.h"
#include "models/drawngraph.h"
#include "pages/page.h"
#include "widgets/graphbar.h"

class QLabel;
class QSplitter;
class QStackedWidget;

namespace insitecache {

class DependencyTree;
class GraphView;

/// What was made from what, and what would fall with it, seen before anything is clicked: as a picture and, for the
/// keyboard and screen readers, as a tree. While it is visible it reads the dependencies again every few seconds; what
/// is under the mouse is worked out from what was read. GUI thread.
class DependenciesPage : public Page {
    Q_OBJECT

public:
    /// The monitor must outlive the page.
    explicit DependenciesPage(Monitor &monitor, QWidget *parent = nullptr);

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    QWidget *findField() override;
    /// Chooses the key and shows what is near it, as soon as the dependencies are read.
    void showKey(const CacheKey &key);

public Q_SLOTS:
    /// Reads the dependencies now.
    void refresh();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void build();
    void connectParts();
    void connectView();
    void arrived(const KeyGraphPtr &graph);
    void adopt(const KeyGraphPtr &graph);
    void draw();
    void choose(const std::optional<CacheKey> &key);
    void chooseNode(int node);
    void open(int node);
    void release();
    void lookAtNode(int node);
    void lookAtKey(int number);
    void showEmptiness();
    void showHighlight();
    void showReadout();
    void showStatus();
    void showBanner();
    std::vector<int> inFocus() const;
    void findNext();
    void askInvalidation();
    void askLookup();
    void openMenu(int node, const QPoint &globalPos);
    void exportAs(GraphBar::Export kind);
    void retranslate();

    DependencyFeed m_feed;
    KeyGraphPtr m_graph;   ///< what is shown; null: nothing was read yet
    KeyGraphPtr m_waiting; ///< newer, while somebody looks at the picture
    GraphScope m_scope;
    std::optional<CacheKey> m_chosen;
    std::vector<SourceStatus> m_sources;
    QString m_failure;
    int m_looked = -1;       ///< drawn node under the mouse or the keyboard
    int m_lookedNumber = -1; ///< the same where it is one key, or a row of the tree
    GraphBar *m_bar;
    QLabel *m_banner;
    QLabel *m_readout;
    GraphView *m_view;
    QLabel *m_empty;
    QStackedWidget *m_stack;
    DependencyTree *m_tree;
    QSplitter *m_splitter;
    QLabel *m_status;
};

} // namespace insitecache
