// SPDX-License-Identifier: GPL-3.0-or-later
#include "eviction/ghostset.h"

#include <algorithm>

#include "eviction/hashrange.h"

namespace insitecache {

GhostSet::Mark GhostSet::markOf(std::uint64_t hash)
{
    const auto mark = Mark(hash);
    return mark == 0 ? 1 : mark;
}

GhostSet::Line &GhostSet::lineOf(std::uint64_t hash)
{
    return m_lines[placeInRange(hash, m_lines.size())];
}

void GhostSet::reserve(std::size_t marks)
{
    stretch(m_lines, (marks + marksPerLine - 1) / marksPerLine);
}

void GhostSet::put(std::uint64_t hash)
{
    if (m_lines.empty())
        return;
    take(hash);
    Line &line = lineOf(hash);
    line.marks[line.next] = markOf(hash);
    line.next = Mark((line.next + 1u) % marksPerLine);
}

bool GhostSet::take(std::uint64_t hash)
{
    if (m_lines.empty())
        return false;
    Line &line = lineOf(hash);
    const auto found = std::find(line.marks.begin(), line.marks.end(), markOf(hash));
    if (found == line.marks.end())
        return false;
    *found = 0;
    return true;
}

} // namespace insitecache
