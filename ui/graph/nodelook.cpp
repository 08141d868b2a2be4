// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/nodelook.h"

#include <algorithm>
#include <cmath>

#include <QCoreApplication>

#include "formatting/format.h"
#include "models/entrytexts.h"
#include "models/keynotes.h"
#include "theme/typeglyph.h"

namespace insitecache {

namespace {

class NodeWords {
    Q_DECLARE_TR_FUNCTIONS(GraphNode)
};

QString groupTitle(const DrawnNode &node)
{
    return node.isRest ? NodeWords::tr("%1… others", "beginning of keys").arg(node.prefix)
                       : node.prefix + QStringLiteral("…");
}

NodeLook groupLook(const KeyGraph &graph, const DrawnNode &node)
{
    NodeLook look;
    look.isGroup = true;
    look.glyph = Glyph::Values;
    look.title = groupTitle(node);
    look.under = NodeWords::tr("%n key(s)", "of a group", static_cast<int>(node.members.size()));
    look.levels.fill(LevelMark::NotInPolicy);
    look.isOnCycle = std::any_of(
        node.members.begin(), node.members.end(), [&](int member) { return graph.node(member).cycle >= 0; });
    return look;
}

} // namespace

NodeLook nodeLook(const KeyGraph &graph, const DrawnNode &node, Millis age)
{
    if (node.isGroup())
        return groupLook(graph, node);
    const int number = node.members.front();
    const QString type = graph.type(number);
    NodeLook look;
    look.title = node.id.mid(type.size() + 1);
    look.under = typeTitle(type);
    look.glyph = typeGlyph(type);
    look.isMissing = !graph.row(number);
    look.isOlder = graph.node(number).isOlder;
    look.isOnCycle = graph.node(number).cycle >= 0;
    const EntryMoment moment = graph.moment(number, age);
    look.levels = moment.levels;
    if (!look.isMissing)
        look.life = static_cast<int>(std::ceil(moment.lifeLeft * NodeLook::lifeSteps));
    return look;
}

QString nodeWords(const KeyGraph &graph, const DrawnNode &node, Millis age)
{
    if (node.isGroup())
        return QStringLiteral("%1, %2").arg(groupTitle(node), groupLook(graph, node).under);
    const int number = node.members.front();
    QStringList words{node.id};
    if (const EntryRow *row = graph.row(number)) {
        const EntryMoment moment = graph.moment(number, age);
        words += entryAccessibleText(*row, moment, EntryColumn::Levels);
        words += NodeWords::tr("TTL %1", "time left").arg(ttlText(moment));
    }
    words += keyNotes(graph, number);
    words += NodeWords::tr("%n dependent(s)", "direct ones", static_cast<int>(graph.node(number).children.size()));
    return words.join(QStringLiteral(", "));
}

} // namespace insitecache
