// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/cliprocess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

namespace insitecache::test {

namespace {
constexpr int cliDeadlineMs = 60'000;
}

CliProcess::CliProcess() :
    m_program(qEnvironmentVariable("INSITECACHE_BINARY_DIR") + QStringLiteral("/app/insitecache"))
{
    // Nothing of whoever runs the test: neither settings nor proxies.
    environment.insert(QStringLiteral("HOME"), m_home.path());
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    for (const char *kept : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"}) {
        if (qEnvironmentVariableIsSet(kept))
            environment.insert(QString::fromLatin1(kept), qEnvironmentVariable(kept));
    }
}

bool CliProcess::isThere() const
{
    return QFileInfo(m_program).isExecutable();
}

CliProcess::Answer CliProcess::run(const QStringList &words) const
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_home.path());
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(m_program, words);
    const bool ended = process.waitForFinished(cliDeadlineMs) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

QString CliProcess::write(const QString &name, const QByteArray &text) const
{
    const QString file = path(name);
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
    return file;
}

QJsonObject CliProcess::Answer::json() const
{
    return QJsonDocument::fromJson(out).object();
}

QJsonObject CliProcess::Answer::result(int i) const
{
    return json()[QStringLiteral("results")].toArray().at(i).toObject();
}

bool CliProcess::Answer::saysOnce(const QList<QByteArray> &words) const
{
    if (err.count('\n') != 1 || !err.endsWith('\n'))
        return false;
    return std::all_of(words.begin(), words.end(), [this](const QByteArray &word) { return err.contains(word); });
}

} // namespace insitecache::test
