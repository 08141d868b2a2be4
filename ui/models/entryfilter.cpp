// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entryfilter.h"

#include <QCoreApplication>

namespace insitecache {

namespace {

class EntryFilterWords {
    Q_DECLARE_TR_FUNCTIONS(EntryFilter)
};

struct FilterTerm {
    QString text;
    bool quoted = false;
    qsizetype start = 0, end = 0; ///< in the line
};

FilterTerm quotedTerm(const QString &line, qsizetype start)
{
    const qsizetype close = line.indexOf(QLatin1Char('"'), start + 1);
    // A quote that is still open while somebody types reaches to the end.
    const qsizetype end = close < 0 ? line.size() : close;
    return {line.mid(start + 1, end - start - 1), true, start, std::min(end + 1, line.size())};
}

std::vector<FilterTerm> filterTerms(const QString &line)
{
    std::vector<FilterTerm> terms;
    for (qsizetype i = 0; i < line.size();) {
        if (line[i].isSpace()) {
            ++i;
            continue;
        }
        if (line[i] == QLatin1Char('"')) {
            terms.push_back(quotedTerm(line, i));
        } else {
            qsizetype end = i;
            while (end < line.size() && !line[end].isSpace())
                ++end;
            terms.push_back({line.mid(i, end - i), false, i, end});
        }
        i = terms.back().end;
    }
    return terms;
}

const QString &filterTypeWord()
{
    static const QString word = QStringLiteral("type:");
    return word;
}

bool isTypeTerm(const FilterTerm &term)
{
    return !term.quoted && term.text.startsWith(filterTypeWord());
}

using FilterCompare = bool (*)(long long, long long);

/// Takes `<`, `<=`, `>`, `>=` or `=` from the front; none means `=`.
FilterCompare takeComparison(QString &value)
{
    const auto take = [&value](QLatin1String sign) {
        if (!value.startsWith(sign))
            return false;
        value.remove(0, sign.size());
        return true;
    };
    if (take(QLatin1String("<=")))
        return [](long long a, long long b) { return a <= b; };
    if (take(QLatin1String(">=")))
        return [](long long a, long long b) { return a >= b; };
    if (take(QLatin1String("<")))
        return [](long long a, long long b) { return a < b; };
    if (take(QLatin1String(">")))
        return [](long long a, long long b) { return a > b; };
    take(QLatin1String("="));
    return [](long long a, long long b) { return a == b; };
}

std::optional<long long> filterMillis(QString value)
{
    long long unit = 1000;
    const auto take = [&](QLatin1String suffix, long long milliseconds) {
        if (!value.endsWith(suffix))
            return false;
        value.chop(suffix.size());
        unit = milliseconds;
        return true;
    };
    take(QLatin1String("ms"), 1) || take(QLatin1String("s"), 1000) || take(QLatin1String("m"), 60'000)
        || take(QLatin1String("h"), 3'600'000) || take(QLatin1String("d"), 86'400'000);
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!ok || number < 0 || number > 1e9)
        return std::nullopt;
    return static_cast<long long>(number * static_cast<double>(unit));
}

QString keyTextOf(const EntryRow &row)
{
    return QString::fromStdString(row.key.text());
}

} // namespace

tl::expected<EntryFilter, QString> EntryFilter::parse(const QString &line)
{
    EntryFilter filter;
    for (const FilterTerm &term : filterTerms(line)) {
        if (const auto problem = filter.addTerm(term.text, term.quoted))
            return tl::unexpected(*problem);
    }
    return filter;
}

std::optional<QString> EntryFilter::addTerm(const QString &term, bool quoted)
{
    if (term.isEmpty())
        return std::nullopt;
    if (!quoted) {
        const qsizetype colon = term.indexOf(QLatin1Char(':'));
        const QString field = term.left(colon + 1);
        const QString value = term.mid(colon + 1);
        if (field == filterTypeWord())
            return addTypes(value);
        if (field == QLatin1String("level:"))
            return addLevels(value);
        if (field == QLatin1String("ttl:"))
            return addTtl(value);
        if (field == QLatin1String("hits:"))
            return addHits(value);
        if (field == QLatin1String("deps:"))
            return addDependents(value);
        if (term.contains(QLatin1Char('*')) || term.contains(QLatin1Char('?')) || term.contains(QLatin1Char('[')))
            return addGlob(term);
    }
    addText(term);
    return std::nullopt;
}

std::optional<QString> EntryFilter::addGlob(const QString &term)
{
    auto glob = Glob::compile(term.toStdString());
    if (!glob)
        return EntryFilterWords::tr("The pattern %1 cannot be read: %2")
            .arg(term, QString::fromStdString(glob.error().toString()));
    m_globs.push_back(*glob);
    m_tests.push_back(
        [glob = *glob](const EntryRow &row, const EntryMoment &) { return glob.matches(row.key.text()); });
    return std::nullopt;
}

std::optional<QString> EntryFilter::addTypes(const QString &value)
{
    m_typesExcluded = value.startsWith(QLatin1Char('!'));
    const QStringList types = value.mid(m_typesExcluded ? 1 : 0).split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (types.isEmpty())
        return EntryFilterWords::tr("type: needs a type, for example type:stock");
    for (const QString &type : types) {
        if (!CacheKey::make(type.toStdString(), "x"))
            return EntryFilterWords::tr("%1 is not a type of key: types are lower-case words").arg(type);
    }
    m_types = types;
    return std::nullopt;
}

std::optional<QString> EntryFilter::addLevels(const QString &value)
{
    const bool absent = value.startsWith(QLatin1Char('!'));
    const QString name = value.mid(absent ? 1 : 0).toUpper();
    for (int i = 0; i < tierCount; ++i) {
        if (name != QStringLiteral("L%1").arg(i + 1))
            continue;
        m_tests.push_back(
            [i, absent](const EntryRow &row, const EntryMoment &) { return row.tiers[i].present != absent; });
        return std::nullopt;
    }
    return EntryFilterWords::tr("level: takes L1, L2 or L3, with ! for “not there”; not %1").arg(value);
}

std::optional<QString> EntryFilter::addTtl(const QString &value)
{
    QString rest = value;
    const FilterCompare compare = takeComparison(rest);
    const auto limit = filterMillis(rest);
    if (!limit)
        return EntryFilterWords::tr("ttl: takes a time such as <30s, >5m or <2h; not %1").arg(value);
    m_tests.push_back([compare, limit = *limit](
                          const EntryRow &, const EntryMoment &moment) { return compare(moment.ttl.count(), limit); });
    return std::nullopt;
}

std::optional<QString> EntryFilter::addHits(const QString &value)
{
    return addNumber(value, EntryFilterWords::tr("hits: takes a number such as 0 or >10; not %1"),
        [](const EntryRow &row) { return static_cast<long long>(row.hits); });
}

std::optional<QString> EntryFilter::addDependents(const QString &value)
{
    return addNumber(value, EntryFilterWords::tr("deps: takes a number of dependents such as 0 or >5; not %1"),
        [](const EntryRow &row) { return static_cast<long long>(row.children); });
}

/// `problem` has a place for what was typed.
std::optional<QString> EntryFilter::addNumber(
    const QString &value, const QString &problem, long long (*numberOf)(const EntryRow &))
{
    QString rest = value;
    const FilterCompare compare = takeComparison(rest);
    bool ok = false;
    const qlonglong limit = rest.toLongLong(&ok);
    if (!ok || limit < 0)
        return problem.arg(value);
    m_tests.push_back(
        [compare, limit, numberOf](const EntryRow &row, const EntryMoment &) { return compare(numberOf(row), limit); });
    return std::nullopt;
}

void EntryFilter::addText(const QString &text)
{
    m_tests.push_back([text](const EntryRow &row, const EntryMoment &) {
        return keyTextOf(row).contains(text, Qt::CaseInsensitive);
    });
}

bool EntryFilter::isEmpty() const
{
    return m_types.isEmpty() && m_tests.empty();
}

bool EntryFilter::matchesButType(const EntryRow &row, const EntryMoment &moment) const
{
    for (const Test &test : m_tests) {
        if (!test(row, moment))
            return false;
    }
    return true;
}

bool EntryFilter::matches(const EntryRow &row, const EntryMoment &moment) const
{
    if (!m_types.isEmpty()) {
        const std::string_view type = row.key.type();
        if (m_types.contains(QLatin1String(type.data(), static_cast<qsizetype>(type.size()))) == m_typesExcluded)
            return false;
    }
    return matchesButType(row, moment);
}

Selector EntryFilter::selector() const
{
    if (!m_globs.empty())
        return Selector::pattern(m_globs.front());
    if (m_types.size() == 1 && !m_typesExcluded)
        return Selector::type(m_types.front().toStdString());
    return Selector::all();
}

QString EntryFilter::withTypes(const QString &line, const QStringList &types)
{
    QString out = line;
    const std::vector<FilterTerm> terms = filterTerms(line);
    for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
        if (isTypeTerm(*term))
            out.remove(term->start, term->end - term->start);
    }
    out = out.trimmed();
    if (types.isEmpty())
        return out;
    const QString added = filterTypeWord() + types.join(QLatin1Char(','));
    return out.isEmpty() ? added : added + QLatin1Char(' ') + out;
}

} // namespace insitecache
