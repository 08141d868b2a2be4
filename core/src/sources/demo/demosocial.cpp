// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/demo/demosocial.h"

#include <algorithm>

#include <QRegularExpression>

namespace insitecache {

namespace {

QStringList demoTerms(const QString &query)
{
    static const QRegularExpression marked(QStringLiteral("\"([^\"]+)\"|[$#]([A-Za-z0-9.^-]+)"));
    static const QRegularExpression operators(QStringLiteral("-?[a-z_]+:\\S+|\\bOR\\b|\\bAND\\b|[()]"));
    QStringList terms;
    for (auto found = marked.globalMatch(query); found.hasNext();) {
        const auto match = found.next();
        terms += match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    }
    if (terms.isEmpty())
        terms += QString(query).remove(operators).simplified();
    return terms;
}

const DemoInstrument *demoSubject(const DemoCatalogue &catalogue, QString term)
{
    term = term.startsWith(u'$') ? term.mid(1) : term;
    if (const DemoInstrument *instrument = catalogue.named(term))
        return instrument;
    if (const DemoInstrument *instrument = catalogue.find(QString(term).replace(u'.', u'-')))
        return instrument;
    const auto found = catalogue.search(term, 1);
    return found.empty() ? nullptr : found.front();
}

} // namespace

std::vector<const DemoInstrument *> demoSubjects(const DemoCatalogue &catalogue, const QString &query)
{
    std::vector<const DemoInstrument *> subjects;
    for (const QString &term : demoTerms(query)) {
        const DemoInstrument *subject = demoSubject(catalogue, term);
        if (subject && std::find(subjects.begin(), subjects.end(), subject) == subjects.end())
            subjects.push_back(subject);
    }
    return subjects;
}

std::vector<DemoPost> demoPostsAbout(const DemoMarket &market, const std::vector<const DemoInstrument *> &subjects,
    DemoPosts::Channel channel, std::int64_t from, std::int64_t to, std::int64_t now, std::size_t limit)
{
    std::vector<DemoPost> posts;
    for (const DemoInstrument *subject : subjects) {
        for (DemoPost &post : market.posts().find(*subject, channel, from, to, now, limit))
            posts.push_back(std::move(post));
    }
    std::stable_sort(posts.begin(), posts.end(), [](const DemoPost &a, const DemoPost &b) { return a.time > b.time; });
    if (posts.size() > limit)
        posts.resize(limit);
    return posts;
}

QString demoEscaped(QString text)
{
    return text.replace(u'&', QStringLiteral("&amp;"))
        .replace(u'<', QStringLiteral("&lt;"))
        .replace(u'>', QStringLiteral("&gt;"));
}

bool DemoQuota::take(std::int64_t now)
{
    const std::int64_t window = now / m_windowSeconds;
    if (window != m_window)
        m_used = 0;
    m_window = window;
    if (m_used == m_limit)
        return false;
    ++m_used;
    return true;
}

} // namespace insitecache
