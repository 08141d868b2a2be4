// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCborMap>
#include <QCborValue>
#include <QJsonDocument>

#include <insitecache/sources/values.h>

#include "cli/command.h"
#include "cli/jsonlookup.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr std::size_t putMaxBytes = 1 << 20;

Result<QJsonObject> parsePreferences(const std::string &text)
{
    if (text.size() > putMaxBytes)
        return fail(
            ErrorCode::TooLarge, "the JSON has " + std::to_string(text.size()) + " bytes", "at most 1 MiB are allowed");
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &problem);
    if (problem.error != QJsonParseError::NoError)
        return fail(ErrorCode::InvalidArgument,
            "the value is not JSON: " + problem.errorString().toStdString() + " at byte "
                + std::to_string(problem.offset),
            "write an object such as '{\"theme\":\"dark\"}'");
    if (!document.isObject())
        return fail(ErrorCode::InvalidArgument, "the value is not a JSON object",
            "write an object such as '{\"theme\":\"dark\"}'");
    return document.object();
}

// What has an upstream is never written by hand: the next refresh would undo it.
Result<CacheKey> writableKey(const std::string &text)
{
    auto key = normalisedKey(text);
    if (key && key->type() != "user")
        return fail(ErrorCode::InvalidArgument,
            inQuotes(text) + " is not a user's preferences; " + std::string(key->type()) + " comes from its source",
            "write put user:ID JSON");
    return key;
}

} // namespace

ExitCode runPut(const CommandContext &context)
{
    Console &console = context.console;
    const auto key = writableKey(context.arguments.operands[0]);
    if (!key)
        return console.failure(key.error(), ExitCode::Usage);
    const auto value = parsePreferences(context.arguments.operands[1]);
    if (!value)
        return console.failure(value.error(), ExitCode::Usage);
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const std::string payload = QCborValue(QCborMap::fromJsonObject(*value)).toCbor().toStdString();
    const Status written = session->engine().write(*key, payload, "user").result();
    if (!written)
        return console.failure(written.error());
    if (console.wantsJson())
        console.document({{QStringLiteral("key"), textJson(key->text())}, {QStringLiteral("stored"), true},
            {QStringLiteral("value"), *value}});
    console.line(printable(key->text()) + " is stored");
    return ExitCode::Ok;
}

} // namespace insitecache
