// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/strongparts.h"

#include <algorithm>
#include <cstddef>

namespace insitecache {

namespace {

class StrongPartSearch {
public:
    explicit StrongPartSearch(const std::vector<std::vector<int>> &children) :
        m_children(children), m_marks(children.size())
    {}

    std::vector<std::vector<int>> run()
    {
        for (int node = 0; node < static_cast<int>(m_children.size()); ++node) {
            if (mark(node).met == 0)
                walkFrom(node);
        }
        return std::move(m_parts);
    }

private:
    struct Mark {
        int met = 0;    ///< when it was met, from 1; 0: not yet
        int lowest = 0; ///< the earliest that is known to be reached from it and is still open
        bool isOpen = false;
    };
    struct Step {
        int node;
        std::size_t next = 0; ///< child to look at
    };

    Mark &mark(int node) { return m_marks[static_cast<std::size_t>(node)]; }

    void enter(int node)
    {
        mark(node) = {++m_time, m_time, true};
        m_open.push_back(node);
        m_way.push_back({node});
    }

    void walkFrom(int start)
    {
        enter(start);
        while (!m_way.empty()) {
            Step &step = m_way.back();
            const std::vector<int> &ends = m_children[static_cast<std::size_t>(step.node)];
            if (step.next == ends.size()) {
                leave();
                continue;
            }
            const int child = ends[step.next++];
            if (mark(child).met == 0)
                enter(child);
            else if (mark(child).isOpen)
                mark(step.node).lowest = std::min(mark(step.node).lowest, mark(child).met);
        }
    }

    void leave()
    {
        const int node = m_way.back().node;
        m_way.pop_back();
        if (!m_way.empty())
            mark(m_way.back().node).lowest = std::min(mark(m_way.back().node).lowest, mark(node).lowest);
        if (mark(node).lowest != mark(node).met)
            return;
        std::vector<int> &part = m_parts.emplace_back();
        do {
            part.push_back(m_open.back());
            mark(m_open.back()).isOpen = false;
            m_open.pop_back();
        } while (part.back() != node);
    }

    const std::vector<std::vector<int>> &m_children;
    std::vector<Mark> m_marks;
    std::vector<int> m_open; ///< met, and not yet in a part
    std::vector<Step> m_way;
    std::vector<std::vector<int>> m_parts;
    int m_time = 0;
};

} // namespace

std::vector<std::vector<int>> strongParts(const std::vector<std::vector<int>> &children)
{
    return StrongPartSearch(children).run();
}

} // namespace insitecache
