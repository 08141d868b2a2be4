// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QStringList>

#include <insitecache/base/glob.h>

#include "models/entrystate.h"

namespace insitecache {

/// What the filter line of the entries page says: `stock:A* type:stock,search level:!L1 ttl:<30s hits:0 deps:>5
/// "samsung"`. All terms must hold. A word with `*`, `?` or `[` is a pattern for the whole key; any other word, and
/// everything in quotes, is looked for anywhere in the key, upper and lower case alike. A value type; any thread.
class EntryFilter {
public:
    /// The error is one line for people, naming the term.
    static tl::expected<EntryFilter, QString> parse(const QString &line);

    bool matches(const EntryRow &row, const EntryMoment &moment) const;
    /// As matches(), whatever the type: for the counts of the type chips.
    bool matchesButType(const EntryRow &row, const EntryMoment &moment) const;
    bool isEmpty() const;
    /// The types that were asked for; empty: all.
    const QStringList &types() const { return m_types; }
    /// The nearest selection that the tiers themselves can make: at least what matches.
    Selector selector() const;

    /// The line with its `type:` term replaced; no types: without one. The rest stays as it was typed.
    static QString withTypes(const QString &line, const QStringList &types);

private:
    using Test = std::function<bool(const EntryRow &, const EntryMoment &)>;
    std::optional<QString> addTerm(const QString &term, bool quoted);
    std::optional<QString> addGlob(const QString &term);
    std::optional<QString> addTypes(const QString &value);
    std::optional<QString> addLevels(const QString &value);
    std::optional<QString> addTtl(const QString &value);
    std::optional<QString> addHits(const QString &value);
    std::optional<QString> addDependents(const QString &value);
    std::optional<QString> addNumber(
        const QString &value, const QString &problem, long long (*numberOf)(const EntryRow &));
    void addText(const QString &text);

    QStringList m_types;
    bool m_typesExcluded = false;
    std::vector<Glob> m_globs;
    std::vector<Test> m_tests; ///< everything but the type
};

} // namespace insitecache
