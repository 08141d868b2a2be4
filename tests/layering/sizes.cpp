// SPDX-License-Identifier: GPL-3.0-or-later
#include "sizes.h"

#include <QRegularExpression>

namespace insitecache::layering {

namespace {

struct Function {
    int line = 0; ///< of the opening brace, from 1
    int length = 0;
};

bool opensFunction(const QStringList &lines, int i, const QString &indent)
{
    // A block inside a function is indented and follows a statement.
    static const QRegularExpression signature(QStringLiteral("(\\)|\\bconst|\\boverride|\\bfinal|\\bnoexcept)$"));
    return indent.isEmpty() || (i > 0 && signature.match(lines[i - 1]).hasMatch());
}

std::vector<Function> functionsOf(const SourceFile &file)
{
    static const QRegularExpression brace(QStringLiteral("^( *)\\{$"));
    std::vector<Function> out;
    for (int i = 0; i < file.lines.size(); ++i) {
        const auto match = brace.match(file.lines[i]);
        if (!match.hasMatch() || !opensFunction(file.lines, i, match.captured(1)))
            continue;
        const qsizetype end = file.lines.indexOf(match.captured(1) + QLatin1Char('}'), i + 1);
        if (end > i)
            out.push_back({i + 1, static_cast<int>(end) - i - 1});
    }
    return out;
}

bool isProduct(const SourceFile &file)
{
    return file.isCode()
        && (file.isIn(QStringLiteral("core")) || file.isIn(QStringLiteral("ui")) || file.isIn(QStringLiteral("app")));
}

int longestAllowed(const SourceFile &file)
{
    return file.isIn(QStringLiteral("app")) && file.path.endsWith(QStringLiteral("/main.cpp")) ? 150 : 600;
}

void checkQuantile(const std::vector<int> &sorted, double q, int limit, const char *of, Findings &out)
{
    // A handful of files says nothing about the whole.
    if (sorted.size() < 20 || Sizes::quantile(sorted, q) <= limit)
        return;
    out.push_back({QStringLiteral("size"), QStringLiteral("."), 0,
        QStringLiteral("%1 % of the %2 should have at most %3 lines, but reach %4")
            .arg(QString::number(qRound(q * 100)), QString::fromLatin1(of), QString::number(limit),
                QString::number(Sizes::quantile(sorted, q)))});
}

void checkEach(const SourceFile &file, Findings &out)
{
    if (file.lines.size() > longestAllowed(file))
        out.push_back({QStringLiteral("size"), file.path, 0,
            QStringLiteral("%1 lines, at most %2").arg(file.lines.size()).arg(longestAllowed(file))});
    for (const Function &function : functionsOf(file)) {
        if (function.length > 60)
            out.push_back({QStringLiteral("size"), file.path, function.line,
                QStringLiteral("a function of %1 lines, at most 60").arg(function.length)});
    }
}

} // namespace

int Sizes::quantile(const std::vector<int> &sorted, double q)
{
    return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(q * double(sorted.size() - 1))];
}

QString Sizes::toString() const
{
    const auto line = [](const char *of, const std::vector<int> &sorted) {
        return QStringLiteral("%1 %2: median %3, p90 %4, longest %5")
            .arg(sorted.size())
            .arg(QString::fromLatin1(of))
            .arg(quantile(sorted, 0.5))
            .arg(quantile(sorted, 0.9))
            .arg(quantile(sorted, 1.0));
    };
    return line("headers", headers) + QStringLiteral("; ") + line("sources", sources) + QStringLiteral("; ")
        + line("functions", functions);
}

Sizes measureSizes(const SourceTree &tree)
{
    Sizes out;
    for (const SourceFile &file : tree.files()) {
        if (!isProduct(file))
            continue;
        (file.isHeader() ? out.headers : out.sources).push_back(static_cast<int>(file.lines.size()));
        for (const Function &function : functionsOf(file))
            out.functions.push_back(function.length);
    }
    for (std::vector<int> *list : {&out.headers, &out.sources, &out.functions})
        std::sort(list->begin(), list->end());
    return out;
}

Findings checkSizes(const SourceTree &tree)
{
    Findings out;
    for (const SourceFile &file : tree.files()) {
        if (file.isCode())
            checkEach(file, out);
    }
    const Sizes sizes = measureSizes(tree);
    checkQuantile(sizes.headers, 0.5, 70, "headers", out);
    checkQuantile(sizes.headers, 0.9, 400, "headers", out);
    checkQuantile(sizes.sources, 0.5, 150, "sources", out);
    checkQuantile(sizes.sources, 0.9, 400, "sources", out);
    checkQuantile(sizes.functions, 0.5, 7, "functions", out);
    checkQuantile(sizes.functions, 0.9, 25, "functions", out);
    return out;
}

} // namespace insitecache::layering
