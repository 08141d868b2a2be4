// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blast.h"

#include <algorithm>

#include <QCoreApplication>

#include "formatting/format.h"
#include "models/invalidationrules.h"

namespace insitecache {

namespace {

class BlastWords {
    Q_DECLARE_TR_FUNCTIONS(Blast)
};

// What L3 holds as the only copy of a value stays there.
void addToBlast(Blast &blast, const KeyGraph &graph, int number)
{
    const EntryRow *row = graph.row(number);
    if (!row)
        return;
    const Policy *policy = policyOf(graph.context(), row->key.type());
    bool falls = false;
    for (int tier = 0; tier < tierCount; ++tier) {
        const bool isOnlyCopy = policy && policy->l3IsTruth && tier == static_cast<int>(Stage::L3);
        if (!row->tiers[tier].present || isOnlyCopy)
            continue;
        falls = true;
        ++blast.byTier[tier];
        blast.bytes += row->tiers[tier].bytes;
    }
    if (!falls)
        return;
    ++blast.keys;
    for (const ProviderCalls &provider : graph.callsFor(row->key.type()))
        blast.calls[provider.provider] += provider.calls;
}

QString providerName(const std::string &provider)
{
    static const std::pair<const char *, const char *> names[] = {{"yahoo", "Yahoo"}, {"reddit", "Reddit"}, {"x", "X"}};
    for (const auto &[id, name] : names) {
        if (provider == id)
            return QString::fromLatin1(name);
    }
    return QString::fromStdString(provider);
}

/// "Yahoo 5", and the share of what that provider still allows where it said so.
QString providerCalls(const std::string &provider, int calls, const std::vector<SourceStatus> &sources)
{
    const auto source = std::find_if(
        sources.begin(), sources.end(), [&](const SourceStatus &candidate) { return candidate.name == provider; });
    const QString text = QStringLiteral("%1 %2").arg(providerName(provider), format::count(quint64(calls)));
    if (source == sources.end() || !source->callsLeft || *source->callsLeft <= 0)
        return text;
    return BlastWords::tr("%1, %2 of what is left", "calls of a provider, percent")
        .arg(text, format::percent(double(calls) / double(*source->callsLeft)));
}

QString refillText(const Blast &blast, const std::vector<SourceStatus> &sources)
{
    if (blast.allCalls() == 0)
        return BlastWords::tr("no API call to refill");
    QStringList parts;
    for (const auto &[provider, calls] : blast.calls) {
        if (!provider.empty())
            parts += providerCalls(provider, calls, sources);
    }
    const QString text = BlastWords::tr("refill ≈ %n API call(s)", nullptr, blast.allCalls());
    return parts.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, parts.join(QStringLiteral(" · ")));
}

} // namespace

int Blast::allCalls() const
{
    int all = 0;
    for (const auto &[provider, some] : calls)
        all += some;
    return all;
}

Blast blastOf(const KeyGraph &graph, const std::vector<int> &roots)
{
    Blast blast;
    for (const int root : roots)
        addToBlast(blast, graph, root);
    for (const KeyGraph::Reached &reached : graph.reach(roots, KeyGraph::Way::Down)) {
        addToBlast(blast, graph, reached.node);
        blast.hops = reached.hops;
    }
    return blast;
}

QString blastText(const Blast &blast, const KeyGraph &graph, const std::vector<SourceStatus> &sources)
{
    bool asked[tierCount];
    std::copy(graph.context().configured.begin(), graph.context().configured.end(), asked);
    QString text = QStringLiteral("%1 · %2 · %3 · %4")
                       .arg(BlastWords::tr("%n key(s)", nullptr, pluralOf(blast.keys)), tierCounts(blast.byTier, asked),
                           format::bytes(blast.bytes), refillText(blast, sources));
    if (!graph.isComplete())
        text += BlastWords::tr(" · at least: not all dependencies were read");
    return text;
}

} // namespace insitecache
