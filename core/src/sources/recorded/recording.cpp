// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/recorded/recording.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "sources/http/httpdate.h"

namespace insitecache {

namespace {

constexpr qint64 largestRecordedBody = 4 << 20;

/// Bodies are stored plain and whole, so what describes their way over the wire would lie.
bool describesTransfer(const QString &header)
{
    return header == QStringLiteral("content-encoding") || header == QStringLiteral("transfer-encoding")
        || header == QStringLiteral("content-length") || header == QStringLiteral("connection");
}

QList<QPair<QByteArray, QByteArray>> recordedHeaders(const QJsonObject &object)
{
    QList<QPair<QByteArray, QByteArray>> headers;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (describesTransfer(it.key().toLower()))
            continue;
        const QJsonArray values = it->isArray() ? it->toArray() : QJsonArray{*it};
        for (const QJsonValue &value : values)
            headers.append({it.key().toUtf8(), value.toVariant().toString().toUtf8()});
    }
    return headers;
}

/// ISO 8601, an HTTP-date, or at least a day or a year with a remark behind it.
QDateTime recordedTime(const QString &text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid())
        time = QDateTime::fromString(text.left(10), Qt::ISODate);
    if (time.isValid() && time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC);
    if (!time.isValid())
        time = parseHttpDate(text.toLatin1()).value_or(QDateTime());
    if (!time.isValid())
        time = QDateTime(QDate(std::max(1970, text.left(4).toInt()), 1, 1), QTime(0, 0), Qt::UTC);
    return time.toUTC();
}

/// Empty when it would lead out of the folder.
QString recordedFile(const QDir &folder, const QString &name)
{
    const QString path = QDir::cleanPath(name);
    const bool inside = !path.isEmpty() && QDir::isRelativePath(path) && !path.startsWith(QStringLiteral(".."));
    return inside ? folder.absoluteFilePath(path) : QString();
}

/// An index may say "(exact query not recorded)" behind the address; then its word for the symbol stands in.
RecordedTopic recordedTopic(const QJsonObject &line)
{
    const QString verb = line.value(QLatin1String("method")).toString(QStringLiteral("GET"));
    const QString address = line.value(QLatin1String("url")).toString().section(u' ', 0, 0);
    const QString symbol = line.value(QLatin1String("symbol")).toString();
    RecordedTopic topic = RecordedTopic::of(verb.toLatin1(), QUrl(address));
    if (!topic.query.isEmpty() || symbol.isEmpty())
        return topic;
    if (topic.endpoint == RecordedEndpoint::YahooQuote)
        topic.query.addQueryItem(QStringLiteral("symbols"), QString::fromLatin1(QUrl::toPercentEncoding(symbol)));
    if (topic.endpoint == RecordedEndpoint::YahooSearch)
        topic.query.addQueryItem(QStringLiteral("q"), QString::fromLatin1(QUrl::toPercentEncoding(symbol)));
    return topic;
}

Recording recordingOf(const QDir &folder, const QJsonObject &line)
{
    Recording recording;
    recording.topic = recordedTopic(line);
    recording.requestBody = line.value(QLatin1String("request_body")).toString();
    recording.status = line.value(QLatin1String("status")).toInt();
    recording.headers = recordedHeaders(line.value(QLatin1String("response_headers")).toObject());
    recording.recorded = recordedTime(line.value(QLatin1String("recorded")).toString());
    recording.file = recordedFile(folder, line.value(QLatin1String("file")).toString());
    return recording;
}

} // namespace

Result<QByteArray> Recording::body() const
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, file.toStdString() + " cannot be read (" + opened.errorString().toStdString() + ")",
            "the index names it; check the folder of recordings");
    if (opened.size() > largestRecordedBody)
        return fail(ErrorCode::TooLarge, file.toStdString() + " has more than 4 MiB", "an upstream body never has");
    return opened.readAll();
}

Result<std::vector<Recording>> loadRecordings(const QString &folder)
{
    const QDir place(folder);
    QFile index(place.filePath(QStringLiteral("index.json")));
    const std::string name = index.fileName().toStdString();
    if (!index.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, name + " cannot be read (" + index.errorString().toStdString() + ")",
            "name the folder that holds yahoo/, reddit/ and x/");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(index.readAll(), &problem);
    if (!document.isArray())
        return fail(ErrorCode::Io,
            name + " is not a JSON list ("
                + (problem.error ? problem.errorString().toStdString() + " at byte " + std::to_string(problem.offset)
                                 : "another kind of value")
                + ")",
            "take a whole copy of the recordings");
    std::vector<Recording> recordings;
    for (const QJsonValue &line : document.array()) {
        Recording recording = recordingOf(place, line.toObject());
        if (recording.topic.endpoint != RecordedEndpoint::Other && recording.status > 0 && !recording.file.isEmpty())
            recordings.push_back(std::move(recording));
    }
    return recordings;
}

} // namespace insitecache
