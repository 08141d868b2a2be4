// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/entrytexts.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include "formatting/format.h"

namespace insitecache {

namespace {

/// Only a name for the translator's context.
class EntryWords {
    Q_DECLARE_TR_FUNCTIONS(Entries)
};

QString levelName(int tier)
{
    return format::stage(static_cast<Stage>(tier));
}

QChar levelSign(LevelMark mark, int tier)
{
    static constexpr char16_t full[] = {u'●', u'◆', u'■'};
    static constexpr char16_t hollow[] = {u'○', u'◇', u'□'};
    switch (mark) {
    case LevelMark::Fresh: return full[tier];
    case LevelMark::Expired: return hollow[tier];
    case LevelMark::Differs: return u'≠';
    case LevelMark::Absent: return u'–';
    case LevelMark::NotInPolicy:
    case LevelMark::Off: return u'·';
    case LevelMark::Unreachable: break;
    }
    return u'?';
}

QString levelSigns(const EntryMoment &moment)
{
    QString signs;
    for (int i = 0; i < tierCount; ++i)
        signs += levelSign(moment.levels[static_cast<std::size_t>(i)], i);
    return signs;
}

/// `separator` between the levels: a comma aloud, a line break in a tool tip.
QString levelsInWords(const EntryMoment &moment, QLatin1String separator)
{
    QStringList words;
    for (int i = 0; i < tierCount; ++i)
        words += EntryWords::tr("%1 %2", "tier, then present or absent")
                     .arg(levelName(i), levelText(moment.levels[static_cast<std::size_t>(i)]));
    return words.join(separator);
}

QDateTime utcOf(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), Qt::UTC);
}

QString expiryText(const EntryRow &row, const EntryMoment &moment)
{
    return moment.keptForEver ? EntryWords::tr("never") : format::timeOfDay(row.expires);
}

QString sizeText(const EntryRow &row, const EntryMoment &moment)
{
    return moment.answering < 0 ? format::bytes(0) : format::bytes(row.tiers[moment.answering].bytes);
}

QString sizesText(const EntryRow &row)
{
    QStringList lines;
    for (int i = 0; i < tierCount; ++i) {
        const EntryRow::Copy &copy = row.tiers[i];
        if (copy.present)
            lines += EntryWords::tr("%1: %2 stored, %3 of value", "tier, bytes, bytes")
                         .arg(levelName(i), format::bytes(copy.bytes), format::bytes(copy.rawBytes));
    }
    return lines.join(QLatin1Char('\n'));
}

/// "2 / 11": made from two keys, and eleven were made from it.
QString depsText(const EntryRow &row, const EntryMoment &moment)
{
    return moment.knowsDependencies
        ? QStringLiteral("%1 / %2").arg(format::count(row.parents), format::count(row.children))
        : QStringLiteral("–");
}

QString depsInWords(const EntryRow &row, const EntryMoment &moment)
{
    return moment.knowsDependencies ? EntryWords::tr("made from %1, dependents %2", "numbers of keys")
                                          .arg(format::count(row.parents), format::count(row.children))
                                    : EntryWords::tr("dependencies not known");
}

} // namespace

QString plainToolTip(const QString &text)
{
    return text.contains(QLatin1Char('<')) ? QStringLiteral("<span>%1</span>").arg(text.toHtmlEscaped()) : text;
}

QString entryColumnTitle(EntryColumn column)
{
    switch (column) {
    case EntryColumn::Key: return EntryWords::tr("Key");
    case EntryColumn::Type: return EntryWords::tr("Type");
    case EntryColumn::Levels: return EntryWords::tr("Levels");
    case EntryColumn::TtlLeft: return EntryWords::tr("TTL left");
    case EntryColumn::ExpiresAt: return EntryWords::tr("Expires at");
    case EntryColumn::Hits: return EntryWords::tr("Hits");
    case EntryColumn::Size: return EntryWords::tr("Size");
    case EntryColumn::Deps: return EntryWords::tr("Deps", "made from / dependents");
    case EntryColumn::Source: return EntryWords::tr("Source");
    case EntryColumn::State: break;
    }
    return EntryWords::tr("State");
}

QString typeTitle(const QString &type)
{
    static const std::pair<const char *, const char *> titles[] = {
        {"stock", QT_TRANSLATE_NOOP("Entries", "quote")},
        {"search", QT_TRANSLATE_NOOP("Entries", "search")},
        {"sentiment", QT_TRANSLATE_NOOP("Entries", "sentiment")},
        {"trending", QT_TRANSLATE_NOOP("Entries", "trending")},
        {"history", QT_TRANSLATE_NOOP("Entries", "history")},
        {"user", QT_TRANSLATE_NOOP("Entries", "user")},
    };
    for (const auto &[name, title] : titles) {
        if (type == QLatin1String(name))
            return EntryWords::tr(title);
    }
    return type;
}

QString entryText(const EntryRow &row, const EntryMoment &moment, EntryColumn column)
{
    switch (column) {
    case EntryColumn::Key: return QString::fromStdString(row.key.text());
    case EntryColumn::Type: return typeTitle(QString::fromStdString(std::string(row.key.type())));
    case EntryColumn::Levels: return levelSigns(moment);
    case EntryColumn::TtlLeft: return ttlText(moment);
    case EntryColumn::ExpiresAt: return expiryText(row, moment);
    case EntryColumn::Hits: return format::count(row.hits);
    case EntryColumn::Size: return sizeText(row, moment);
    case EntryColumn::Deps: return depsText(row, moment);
    case EntryColumn::Source: return QString::fromStdString(row.origin);
    case EntryColumn::State: break;
    }
    return stateText(moment.state);
}

QString entryAccessibleText(const EntryRow &row, const EntryMoment &moment, EntryColumn column)
{
    if (column == EntryColumn::Levels)
        return levelsInWords(moment, QLatin1String(", "));
    if (column == EntryColumn::Deps)
        return depsInWords(row, moment);
    if (column == EntryColumn::TtlLeft && moment.refreshBelow > 0 && moment.lifeLeft < moment.refreshBelow)
        return EntryWords::tr("%1, the next hit refreshes", "time left").arg(ttlText(moment));
    return entryText(row, moment, column);
}

QString entryToolTip(const EntryRow &row, const EntryMoment &moment, EntryColumn column)
{
    switch (column) {
    case EntryColumn::Key: return plainToolTip(QString::fromStdString(row.key.text()));
    case EntryColumn::Levels: return levelsInWords(moment, QLatin1String("\n"));
    case EntryColumn::TtlLeft: return entryAccessibleText(row, moment, column);
    case EntryColumn::ExpiresAt:
        return moment.keptForEver ? QString()
                                  : utcOf(row.expires).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
    case EntryColumn::Size: return sizesText(row);
    case EntryColumn::Deps: return depsInWords(row, moment);
    default: return {};
    }
}

QByteArray entryJson(const EntryRow &row, const EntryMoment &moment)
{
    QJsonObject tiers;
    for (int i = 0; i < tierCount; ++i) {
        const EntryRow::Copy &copy = row.tiers[i];
        if (copy.present)
            tiers.insert(levelName(i),
                QJsonObject{{QStringLiteral("ttlMs"), qint64(copy.ttl.count())},
                    {QStringLiteral("bytes"), qint64(copy.bytes)}, {QStringLiteral("rawBytes"), qint64(copy.rawBytes)},
                    {QStringLiteral("version"), qint64(copy.version)}});
    }
    const QJsonObject object{{QStringLiteral("key"), QString::fromStdString(row.key.text())},
        {QStringLiteral("tiers"), tiers}, {QStringLiteral("hits"), qint64(row.hits)},
        {QStringLiteral("created"), utcOf(row.created).toString(Qt::ISODateWithMs)},
        {QStringLiteral("expires"),
            moment.keptForEver ? QJsonValue() : QJsonValue(utcOf(row.expires).toString(Qt::ISODateWithMs))},
        {QStringLiteral("origin"), QString::fromStdString(row.origin)}, {QStringLiteral("negative"), row.negative}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace insitecache
