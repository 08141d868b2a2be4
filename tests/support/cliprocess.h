// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryDir>

namespace insitecache::test {

/// The real `insitecache`, started as a user does, with a home of its own that lives as long as this object.
class CliProcess {
public:
    struct Answer {
        int code = -1; ///< -1: it did not end by itself
        QByteArray out, err;

        /// The one document on stdout; empty when there is anything else.
        QJsonObject json() const;
        /// results[i] of `get`.
        QJsonObject result(int i = 0) const;
        /// Exactly one line on stderr that holds every one of `words`.
        bool saysOnce(const QList<QByteArray> &words) const;
    };

    CliProcess();
    bool isThere() const;
    Answer run(const QStringList &words) const;

    QString path(const QString &name) const { return m_home.filePath(name); }
    QString write(const QString &name, const QByteArray &text) const;

    QProcessEnvironment environment;

private:
    QTemporaryDir m_home;
    QString m_program;
};

} // namespace insitecache::test
