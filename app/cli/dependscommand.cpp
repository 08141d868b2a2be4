// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>

#include <QJsonArray>

#include <insitecache/sources/values.h>

#include "cli/command.h"
#include "cli/jsonlookup.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr int dependsDefaultDepth = 10;
constexpr int dependsMaxDepth = 1'000'000;

Result<int> depthFrom(const Arguments &arguments)
{
    const std::string *text = arguments.value("depth");
    if (!text)
        return dependsDefaultDepth;
    int depth = 0;
    const auto parsed = std::from_chars(text->data(), text->data() + text->size(), depth);
    if (parsed.ptr != text->data() + text->size() || depth < 1 || depth > dependsMaxDepth)
        return fail(ErrorCode::InvalidArgument, "the depth " + inQuotes(*text) + " is no number from 1 to 1000000",
            "write --depth 3");
    return depth;
}

Result<Edge> edgeFrom(const std::vector<std::string> &operands)
{
    if (operands.size() != 3)
        return fail(ErrorCode::InvalidArgument, "an edge has a parent and a child",
            "write depends " + printable(operands[0]) + " PARENT CHILD");
    auto parent = normalisedKey(operands[1]);
    if (!parent)
        return tl::unexpected(parent.error());
    auto child = normalisedKey(operands[2]);
    if (!child)
        return tl::unexpected(child.error());
    return Edge{std::move(*parent), std::move(*child)};
}

QJsonObject neighbourhoodJson(const Neighbourhood &around)
{
    QJsonArray parents, children, cycles;
    for (const CacheKey &parent : around.parents)
        parents.append(textJson(parent.text()));
    for (const Dependent &child : around.children)
        children.append(
            QJsonObject{{QStringLiteral("key"), textJson(child.key.text())}, {QStringLiteral("depth"), child.depth}});
    for (const auto &cycle : around.cycles) {
        QJsonArray keys;
        for (const CacheKey &key : cycle)
            keys.append(textJson(key.text()));
        cycles.append(keys);
    }
    return {{QStringLiteral("key"), textJson(around.key.text())}, {QStringLiteral("parents"), parents},
        {QStringLiteral("children"), children}, {QStringLiteral("cycles"), cycles}};
}

void showNeighbourhood(Console &console, const Neighbourhood &around)
{
    for (const CacheKey &parent : around.parents)
        console.line("made from  " + printable(parent.text()));
    for (const Dependent &child : around.children)
        console.line(std::string(static_cast<std::size_t>(child.depth) * 2, ' ') + printable(child.key.text()));
    for (const auto &cycle : around.cycles) {
        std::string way;
        for (const CacheKey &key : cycle)
            way += printable(key.text()) + " → ";
        console.line("cycle  " + way + printable(around.key.text()));
    }
    if (around.parents.empty() && around.children.empty())
        console.line("nothing depends on " + printable(around.key.text()) + ", and it depends on nothing");
}

ExitCode showDependencies(const CommandContext &context)
{
    const auto depth = depthFrom(context.arguments);
    if (!depth)
        return context.console.failure(depth.error(), ExitCode::Usage);
    const auto key = context.arguments.operands.size() == 2
        ? normalisedKey(context.arguments.operands[1])
        : Result<CacheKey>(fail(ErrorCode::InvalidArgument, "show takes one key", "write depends show KEY"));
    if (!key)
        return context.console.failure(key.error(), ExitCode::Usage);
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const auto around = session->engine().neighbourhood(*key, *depth).result();
    if (!around)
        return context.console.failure(around.error());
    if (context.console.wantsJson())
        context.console.document(neighbourhoodJson(*around));
    else
        showNeighbourhood(context.console, *around);
    return ExitCode::Ok;
}

ExitCode changeDependencies(const CommandContext &context, bool adding)
{
    Console &console = context.console;
    const auto edge = edgeFrom(context.arguments.operands);
    if (!edge)
        return console.failure(edge.error(), ExitCode::Usage);
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    bool changed = true;
    if (adding) {
        if (const Status declared = session->engine().declare(*edge).result(); !declared)
            return console.failure(declared.error());
    } else {
        const auto removed = session->engine().undeclare(*edge).result();
        if (!removed)
            return console.failure(removed.error());
        changed = *removed;
    }
    if (console.wantsJson())
        console.document({{QStringLiteral("parent"), textJson(edge->parent.text())},
            {QStringLiteral("child"), textJson(edge->child.text())}, {QStringLiteral("changed"), changed}});
    else
        console.line(printable(edge->child.text()) + (adding ? " now depends on " : " no longer depends on ")
            + printable(edge->parent.text()) + (changed ? "" : " (it did not before either)"));
    return ExitCode::Ok;
}

} // namespace

ExitCode runDepends(const CommandContext &context)
{
    const std::string &verb = context.arguments.operands[0];
    if (verb == "show")
        return showDependencies(context);
    if (verb == "add" || verb == "remove")
        return changeDependencies(context, verb == "add");
    return context.console.failure({ErrorCode::InvalidArgument, "there is no depends " + inQuotes(verb),
                                       "write depends add, depends remove or depends show"},
        ExitCode::Usage);
}

} // namespace insitecache
