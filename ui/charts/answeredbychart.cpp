// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/answeredbychart.h"

#include <QLocale>

#include "formatting/format.h"

namespace insitecache {

namespace {

struct AnswerLayer {
    Ink ink;
    double (*perSecond)(const Sample &);
};

double answersPerSecond(const Sample &sample, std::uint64_t answers)
{
    return sample.seconds > 0 ? double(answers) / sample.seconds : 0;
}

const AnswerLayer answerLayers[] = {
    {Ink::L1, [](const Sample &s) { return answersPerSecond(s, s.answeredBy[int(Stage::L1)]); }},
    {Ink::L2, [](const Sample &s) { return answersPerSecond(s, s.answeredBy[int(Stage::L2)]); }},
    {Ink::L3, [](const Sample &s) { return answersPerSecond(s, s.answeredBy[int(Stage::L3)]); }},
    {Ink::Api, [](const Sample &s) { return answersPerSecond(s, s.answeredBy[int(Stage::Source)]); }},
    {Ink::StaleServed, [](const Sample &s) { return answersPerSecond(s, s.stale); }},
    {Ink::Error, [](const Sample &s) { return answersPerSecond(s, s.answeredBy[int(Stage::None)]); }},
};

} // namespace

AnsweredByChart::AnsweredByChart(TimeCursor &cursor, QWidget *parent) : TimeChart(cursor, parent)
{
    for (std::size_t i = 0; i < std::size(answerLayers); ++i)
        m_layers.push_back(addArea());
    setValueLabels(QStringLiteral("%g"));
}

void AnsweredByChart::setPens()
{
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        m_layers[i].setColour(inkColor(answerLayers[i].ink));
}

void AnsweredByChart::draw(const Snapshot &snapshot)
{
    std::vector<std::function<double(const Sample &)>> values;
    for (const AnswerLayer &layer : answerLayers)
        values.emplace_back(layer.perSecond);
    const std::vector<Runs> tops = stackedRuns(snapshot.series, range(), values);
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        m_layers[i].setRuns(tops[i], i == 0 ? Runs() : tops[i - 1]);
    m_scale.update(largest(tops.back()));
    setScale(m_scale);
}

QString AnsweredByChart::titleText() const
{
    return tr("Answered by (lookups/s)");
}

QString AnsweredByChart::headline(const Snapshot &snapshot) const
{
    if (snapshot.series.empty())
        return {};
    const Sample &newest = snapshot.series.back();
    return tr("%1/s", "lookups a second")
        .arg(format::count(quint64(qRound64(answersPerSecond(newest, newest.lookups)))));
}

QString AnsweredByChart::readout(const std::vector<Sample> &samples, std::size_t index) const
{
    const QString names[] = {format::stage(Stage::L1), format::stage(Stage::L2), format::stage(Stage::L3),
        format::stage(Stage::Source), tr("stale served"), tr("error")};
    QStringList parts;
    for (std::size_t i = 0; i < std::size(answerLayers); ++i)
        parts << QStringLiteral("%1 %2").arg(
            names[i], QLocale().toString(answerLayers[i].perSecond(samples[index]), 'f', 1));
    return parts.join(QStringLiteral(" · "));
}

QString AnsweredByChart::summary(const Snapshot &snapshot) const
{
    if (snapshot.series.empty())
        return tr("No lookups yet.");
    return tr("Lookups a second, now: %1.").arg(readout(snapshot.series, snapshot.series.size() - 1));
}

} // namespace insitecache
