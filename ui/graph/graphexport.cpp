// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graphexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QXmlStreamWriter>

#include "formatting/format.h"
#include "graph/edgeitem.h"
#include "graph/nodelook.h"

namespace insitecache {

namespace {

constexpr double svgMargin = 24;

// Both signs mean something between DOT's quotes; a line break cannot be in a key.
QByteArray dotName(QString text)
{
    text.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return '"' + text.toUtf8() + '"';
}

QJsonObject nodeJson(const KeyGraph &graph, int number, Millis age)
{
    QJsonObject node{{QStringLiteral("key"), graph.text(number)}};
    QJsonArray tiers;
    const EntryRow *row = graph.row(number);
    for (int tier = 0; row && tier < tierCount; ++tier) {
        if (row->tiers[tier].present)
            tiers += format::stage(static_cast<Stage>(tier));
    }
    node.insert(QStringLiteral("tiers"), tiers);
    if (row)
        node.insert(QStringLiteral("ttlMs"), qint64(graph.moment(number, age).ttl.count()));
    node.insert(QStringLiteral("inCycle"), graph.node(number).cycle >= 0);
    node.insert(QStringLiteral("olderThanParent"), graph.node(number).isOlder);
    return node;
}

/// Two characters that a key may hold and XML may not.
QString xmlText(QString text)
{
    return text.replace(QChar(0xfffe), QChar(0xfffd)).replace(QChar(0xffff), QChar(0xfffd));
}

QString svgPath(const QPainterPath &path)
{
    QStringList parts;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (element.type == QPainterPath::MoveToElement)
            parts += QStringLiteral("M");
        else if (element.type == QPainterPath::CurveToElement)
            parts += QStringLiteral("C");
        parts += QStringLiteral("%1 %2").arg(element.x).arg(element.y);
    }
    return parts.join(QLatin1Char(' '));
}

void svgLine(QXmlStreamWriter &xml, QPointF place, const QString &text, const QString &size, const QString &fill)
{
    xml.writeStartElement(QStringLiteral("text"));
    xml.writeAttribute(QStringLiteral("x"), QString::number(place.x()));
    xml.writeAttribute(QStringLiteral("y"), QString::number(place.y()));
    xml.writeAttribute(QStringLiteral("font-size"), size);
    xml.writeAttribute(QStringLiteral("fill"), fill);
    xml.writeCharacters(xmlText(text));
    xml.writeEndElement();
}

QString tiersLine(const NodeLook &look)
{
    static constexpr char16_t full[] = {u'●', u'◆', u'■'};
    QString text = look.under;
    for (int tier = 0; tier < tierCount && !look.isGroup; ++tier)
        text += QStringLiteral(" ")
            + (look.levels[static_cast<std::size_t>(tier)] == LevelMark::Fresh ? QChar(full[tier]) : QChar(u'–'));
    return text;
}

QString svgTitle(const QString &title)
{
    constexpr qsizetype fits = 20;
    if (title.size() <= fits)
        return title;
    return title.left(title[fits - 2].isHighSurrogate() ? fits - 2 : fits - 1) + QStringLiteral("…");
}

void svgNode(QXmlStreamWriter &xml, const NodeLook &look, QPointF centre, QSizeF size)
{
    const QPointF corner = centre - QPointF(size.width(), size.height()) / 2;
    xml.writeEmptyElement(QStringLiteral("rect"));
    xml.writeAttribute(QStringLiteral("x"), QString::number(corner.x()));
    xml.writeAttribute(QStringLiteral("y"), QString::number(corner.y()));
    xml.writeAttribute(QStringLiteral("width"), QString::number(size.width()));
    xml.writeAttribute(QStringLiteral("height"), QString::number(size.height()));
    xml.writeAttribute(QStringLiteral("rx"), QStringLiteral("6"));
    xml.writeAttribute(QStringLiteral("fill"), QStringLiteral("#ffffff"));
    xml.writeAttribute(
        QStringLiteral("stroke"), look.isOnCycle ? QStringLiteral("#d2640a") : QStringLiteral("#5f666c"));
    if (look.isMissing)
        xml.writeAttribute(QStringLiteral("stroke-dasharray"), QStringLiteral("4 3"));
    svgLine(xml, corner + QPointF(8, 16), svgTitle(look.title), QStringLiteral("12"), QStringLiteral("#1b1e20"));
    svgLine(xml, corner + QPointF(8, 33), tiersLine(look), QStringLiteral("11"), QStringLiteral("#5f666c"));
}

void svgEdge(QXmlStreamWriter &xml, const DrawnEdge &edge, const GraphLayout &layout, QSizeF size)
{
    const QPointF side(size.width() / 2, 0);
    const EdgeItem item(layout.centre[static_cast<std::size_t>(edge.from)] + side,
        layout.centre[static_cast<std::size_t>(edge.to)] - side, size.height(), edge.isOnCycle);
    xml.writeEmptyElement(QStringLiteral("path"));
    xml.writeAttribute(QStringLiteral("d"), svgPath(item.path()));
    xml.writeAttribute(QStringLiteral("fill"), QStringLiteral("none"));
    xml.writeAttribute(
        QStringLiteral("stroke"), edge.isOnCycle ? QStringLiteral("#d2640a") : QStringLiteral("#8a9197"));
    xml.writeAttribute(QStringLiteral("marker-end"), QStringLiteral("url(#head)"));
}

void svgHead(QXmlStreamWriter &xml)
{
    xml.writeStartElement(QStringLiteral("marker"));
    xml.writeAttribute(QStringLiteral("id"), QStringLiteral("head"));
    xml.writeAttribute(QStringLiteral("markerWidth"), QStringLiteral("7"));
    xml.writeAttribute(QStringLiteral("markerHeight"), QStringLiteral("7"));
    xml.writeAttribute(QStringLiteral("refX"), QStringLiteral("7"));
    xml.writeAttribute(QStringLiteral("refY"), QStringLiteral("3.5"));
    xml.writeAttribute(QStringLiteral("orient"), QStringLiteral("auto"));
    xml.writeEmptyElement(QStringLiteral("path"));
    xml.writeAttribute(QStringLiteral("d"), QStringLiteral("M 0 0 L 7 3.5 L 0 7 Z"));
    xml.writeAttribute(QStringLiteral("fill"), QStringLiteral("#8a9197"));
    xml.writeEndElement();
}

} // namespace

QByteArray graphAsDot(const KeyGraph &graph)
{
    QByteArray out = "digraph dependencies {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
    for (int number = 0; number < graph.count(); ++number) {
        if (!graph.row(number))
            out += "  " + dotName(graph.text(number)) + " [style=dashed];\n";
        for (const int child : graph.node(number).children)
            out += "  " + dotName(graph.text(number)) + " -> " + dotName(graph.text(child)) + ";\n";
    }
    return out + "}\n";
}

QByteArray graphAsJson(const KeyGraph &graph, Millis age)
{
    QJsonArray nodes, edges;
    for (int number = 0; number < graph.count(); ++number) {
        nodes += nodeJson(graph, number, age);
        for (const int child : graph.node(number).children)
            edges += QJsonObject{
                {QStringLiteral("parent"), graph.text(number)}, {QStringLiteral("child"), graph.text(child)}};
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("schema"), QStringLiteral("insitecache.dependencies/1")},
                             {QStringLiteral("complete"), graph.isComplete()}, {QStringLiteral("nodes"), nodes},
                             {QStringLiteral("edges"), edges}})
        .toJson(QJsonDocument::Indented);
}

QByteArray graphAsSvg(const KeyGraph &graph, const DrawnGraph &drawn, Millis age)
{
    std::vector<std::pair<int, int>> ends;
    for (const DrawnEdge &edge : drawn.edges)
        ends.emplace_back(edge.from, edge.to);
    const GraphLayout::Spacing spacing;
    const GraphLayout layout(static_cast<int>(drawn.nodes.size()), ends, spacing);
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("svg"));
    xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
    const QSizeF size = layout.size + QSizeF(2 * svgMargin, 2 * svgMargin);
    xml.writeAttribute(
        QStringLiteral("viewBox"), QStringLiteral("%1 %1 %2 %3").arg(-svgMargin).arg(size.width()).arg(size.height()));
    xml.writeAttribute(QStringLiteral("font-family"), QStringLiteral("sans-serif"));
    svgHead(xml);
    for (const DrawnEdge &edge : drawn.edges)
        svgEdge(xml, edge, layout, spacing.node);
    for (std::size_t node = 0; node < drawn.nodes.size(); ++node)
        svgNode(xml, nodeLook(graph, drawn.nodes[node], age), layout.centre[node], spacing.node);
    xml.writeEndDocument();
    return out;
}

} // namespace insitecache
