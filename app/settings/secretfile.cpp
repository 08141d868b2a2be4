// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/secretfile.h"

#include <QFile>

#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr qint64 secretMaxBytes = 4096;

}

Result<std::string> readSecretFile(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io,
            "the secret file " + printable(path) + " cannot be read (" + file.errorString().toStdString() + ')',
            "check its name and permissions");
    std::string secret = file.read(secretMaxBytes + 1).toStdString();
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r'))
        secret.pop_back();
    if (secret.empty() || secret.size() > secretMaxBytes || secret.find_first_of("\r\n") != std::string::npos)
        return fail(ErrorCode::InvalidArgument, "the secret file " + printable(path) + " does not hold one line",
            "write the secret alone into it");
    return secret;
}

} // namespace insitecache
