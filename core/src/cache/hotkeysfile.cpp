// SPDX-License-Identifier: GPL-3.0-or-later
#include "cache/hotkeysfile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace insitecache {

namespace {

constexpr const char *hotKeysHead = "insitecache hot keys 1 ";
constexpr qint64 hotKeysMaxBytes = 64 << 20;

QByteArray hotKeysHeadFor(const QByteArray &lines)
{
    return hotKeysHead + QCryptographicHash::hash(lines, QCryptographicHash::Sha256).toHex() + '\n';
}

tl::unexpected<Error> hotKeysCorrupt(const std::string &path, const std::string &what)
{
    return fail(ErrorCode::Corrupt, "the list of hot keys in " + path + ' ' + what,
        "nothing is lost: the cache starts cold and writes the list anew");
}

Result<HotKey> hotKeyOf(const QByteArray &line)
{
    const qsizetype space = line.indexOf(' ');
    bool ok = false;
    const double heat = line.left(space).toDouble(&ok);
    auto key = CacheKey::parse(line.mid(space + 1).toStdString());
    if (space < 0 || !ok || !key)
        return fail(ErrorCode::Corrupt, "no hot key");
    return HotKey{std::move(*key), heat};
}

} // namespace

Status writeHotKeys(const std::string &path, const std::vector<HotKey> &keys)
{
    QByteArray lines;
    for (const HotKey &hot : keys)
        lines += QByteArray::number(hot.heat, 'g', 6) + ' ' + QByteArray::fromStdString(hot.key.text()) + '\n';
    const QString name = QString::fromStdString(path);
    QDir().mkpath(QFileInfo(name).path());
    QSaveFile file(name);
    const QByteArray text = hotKeysHeadFor(lines) + lines;
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(text) == text.size() && file.commit())
        return {};
    return fail(ErrorCode::Io,
        "the list of hot keys cannot be written to " + path + " (" + file.errorString().toStdString() + ')',
        "check the permissions of its directory and the space there");
}

Result<std::vector<HotKey>> readHotKeys(const std::string &path, std::size_t limit)
{
    QFile file(QString::fromStdString(path));
    if (!file.exists())
        return std::vector<HotKey>();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io,
            "the list of hot keys in " + path + " cannot be read (" + file.errorString().toStdString() + ')',
            "check its permissions");
    if (file.size() > hotKeysMaxBytes)
        return hotKeysCorrupt(path, "is too large");
    const QByteArray text = file.readAll();
    const QByteArray lines = text.mid(text.indexOf('\n') + 1);
    if (!text.startsWith(hotKeysHead))
        return hotKeysCorrupt(path, "is none, or of another version");
    if (!text.startsWith(hotKeysHeadFor(lines)))
        return hotKeysCorrupt(path, "was cut off or changed");
    std::vector<HotKey> keys;
    for (const QByteArray &line : lines.split('\n')) {
        if (line.isEmpty() || keys.size() == limit)
            break;
        auto hot = hotKeyOf(line);
        if (!hot)
            return hotKeysCorrupt(path, "holds a line that is no key");
        keys.push_back(std::move(*hot));
    }
    return keys;
}

} // namespace insitecache
