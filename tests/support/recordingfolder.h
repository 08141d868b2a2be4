// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace insitecache::test {

/// A folder of recorded answers that a test writes itself, in the form `--recordings` reads.
class RecordingFolder {
public:
    explicit RecordingFolder(const QString &folder);

    /// Adds an answer of `provider` ("yahoo", "reddit", "x"); writes the index anew.
    void add(const QString &provider, const QString &url, int status, const QByteArray &body,
        const QJsonObject &headers = {});
    /// A whole quote of Yahoo.
    void addQuote(const QString &symbol, double price);
    /// Another answer to the question for that quote.
    void addBrokenQuote(const QString &symbol, int status, const QByteArray &body, const QJsonObject &headers = {});

    const QString &path() const { return m_folder; }

private:
    QString m_folder;
    QHash<QString, QJsonArray> m_index;
};

} // namespace insitecache::test
