// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/eventlogfile.h"

#include <QFileInfo>

namespace insitecache {

namespace {

constexpr int mostSharers = 9;

/// "events.jsonl" → "events-2.jsonl".
QString nameForSharer(const std::string &wanted, int number)
{
    const QFileInfo info(QString::fromStdString(wanted));
    if (number == 1)
        return info.filePath();
    return QStringLiteral("%1/%2-%3.%4").arg(info.path(), info.completeBaseName()).arg(number).arg(info.suffix());
}

QString agedName(const QString &name, int age)
{
    return age == 0 ? name : QStringLiteral("%1.%2").arg(name).arg(age);
}

} // namespace

Status EventLogFile::ioError(const char *what)
{
    const std::string cause = m_file ? m_file->errorString().toStdString() : "it is in use, or cannot be made";
    m_file.reset();
    m_lock.reset();
    return fail(ErrorCode::Io, std::string("the event log ") + m_wanted + " cannot be " + what + " (" + cause + ')',
        "events are kept in memory; make the folder writable or make room on that disk");
}

// The lock is on the file itself, so that what is put aside is not locked any more when the new one is.
Status EventLogFile::open()
{
    for (int number = 1; number <= mostSharers && !m_lock; ++number) {
        const QString name = nameForSharer(m_wanted, number);
        m_lock = FileLock::take(name);
        if (!m_lock && !QFileInfo::exists(name))
            m_lock = FileLock::take(name, true);
        if (m_lock)
            m_file = std::make_unique<QFile>(name);
    }
    if (!m_file || !m_file->open(QIODevice::Append))
        return ioError("opened");
    return {};
}

Status EventLogFile::rotate()
{
    const QString name = m_file->fileName();
    m_file->close();
    QFile::remove(agedName(name, m_bounds.files - 1));
    for (int age = m_bounds.files - 2; age >= 0; --age) {
        if (QFileInfo::exists(agedName(name, age)) && !QFile::rename(agedName(name, age), agedName(name, age + 1)))
            return ioError("put aside");
    }
    m_lock = FileLock::take(name, true);
    if (!m_lock || !m_file->open(QIODevice::Append))
        return ioError("opened");
    return {};
}

Status EventLogFile::append(const std::string &lines)
{
    if (!m_file) {
        if (const Status opened = open(); !opened)
            return opened;
    }
    if (m_file->size() > 0 && m_file->size() + static_cast<qint64>(lines.size()) > m_bounds.bytes) {
        if (const Status rotated = rotate(); !rotated)
            return rotated;
    }
    const qint64 before = m_file->size();
    const auto length = static_cast<qint64>(lines.size());
    if (m_file->write(lines.data(), length) == length && m_file->flush())
        return {};
    m_file->resize(before);
    return ioError("written");
}

} // namespace insitecache
