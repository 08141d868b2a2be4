// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/recordingfolder.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace insitecache::test {

namespace {

void writeRecordingFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
}

} // namespace

RecordingFolder::RecordingFolder(const QString &folder) : m_folder(folder)
{
    for (const char *provider : {"yahoo", "reddit", "x"}) {
        const QString name = QString::fromLatin1(provider);
        QDir().mkpath(folder + QLatin1Char('/') + name + QStringLiteral("/bodies"));
        writeRecordingFile(folder + QLatin1Char('/') + name + QStringLiteral("/index.json"), "[]");
    }
}

void RecordingFolder::add(
    const QString &provider, const QString &url, int status, const QByteArray &body, const QJsonObject &headers)
{
    QJsonArray &index = m_index[provider];
    const QString file = QStringLiteral("bodies/%1.body").arg(index.size());
    const QString folder = m_folder + QLatin1Char('/') + provider + QLatin1Char('/');
    writeRecordingFile(folder + file, body);
    index.append(QJsonObject{{QStringLiteral("file"), file}, {QStringLiteral("method"), QStringLiteral("GET")},
        {QStringLiteral("url"), url}, {QStringLiteral("status"), status},
        {QStringLiteral("response_headers"), headers}});
    writeRecordingFile(folder + QStringLiteral("index.json"), QJsonDocument(index).toJson());
}

void RecordingFolder::addQuote(const QString &symbol, double price)
{
    const QJsonObject quote{{QStringLiteral("symbol"), symbol}, {QStringLiteral("quoteType"), QStringLiteral("EQUITY")},
        {QStringLiteral("longName"), QStringLiteral("Test & Sons")},
        {QStringLiteral("currency"), QStringLiteral("USD")}, {QStringLiteral("regularMarketPrice"), price},
        {QStringLiteral("marketState"), QStringLiteral("CLOSED")},
        {QStringLiteral("regularMarketTime"), 1'700'000'000}};
    const QJsonObject response{{QStringLiteral("result"), QJsonArray{quote}}, {QStringLiteral("error"), QJsonValue()}};
    addBrokenQuote(symbol, 200, QJsonDocument(QJsonObject{{QStringLiteral("quoteResponse"), response}}).toJson(),
        {{QStringLiteral("content-type"), QStringLiteral("application/json")}});
}

void RecordingFolder::addBrokenQuote(
    const QString &symbol, int status, const QByteArray &body, const QJsonObject &headers)
{
    add(QStringLiteral("yahoo"), QStringLiteral("https://query2.finance.yahoo.com/v7/finance/quote?symbols=") + symbol,
        status, body, headers);
}

} // namespace insitecache::test
