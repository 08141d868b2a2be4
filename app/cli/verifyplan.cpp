// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/verifyplan.h"

#include <algorithm>
#include <cmath>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <insitecache/base/random.h>

#include "settings/printable.h"
#include "settings/quantities.h"

namespace insitecache {

namespace {

constexpr VerifyFault everyVerifyFault[] = {VerifyFault::RedisKill, VerifyFault::RedisStop, VerifyFault::LinkCut};

Result<double> verifyNumber(
    const Arguments &arguments, std::string_view name, double low, double high, double otherwise)
{
    const std::string *text = arguments.value(name);
    if (!text)
        return otherwise;
    const auto number = parseNumber(*text);
    if (!number || *number < low || *number > high)
        return fail(ErrorCode::InvalidArgument, "--" + std::string(name) + ' ' + inQuotes(*text) + " is out of range",
            "use " + QString::number(low).toStdString() + " … " + QString::number(high, 'f', 0).toStdString());
    return *number;
}

Result<std::vector<VerifyFault>> verifyFaults(const std::string &list)
{
    std::vector<VerifyFault> faults;
    for (const QString &word : QString::fromStdString(list).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const std::string name = word.trimmed().toStdString();
        const auto found = std::find_if(std::begin(everyVerifyFault), std::end(everyVerifyFault),
            [&](VerifyFault fault) { return verifyFaultName(fault) == name; });
        if (found == std::end(everyVerifyFault))
            return fail(ErrorCode::InvalidArgument, "there is no fault " + inQuotes(name),
                "use some of redis-kill,redis-stop,link-cut");
        faults.push_back(*found);
    }
    return faults;
}

QString planPath(const std::string &directory)
{
    return QString::fromStdString(directory + "/plan.json");
}

QString planText(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace

std::string_view verifyFaultName(VerifyFault fault)
{
    switch (fault) {
    case VerifyFault::RedisKill: return "redis-kill";
    case VerifyFault::RedisStop: return "redis-stop";
    case VerifyFault::LinkCut: break;
    }
    return "link-cut";
}

Result<VerifyOptions> VerifyOptions::from(const Arguments &arguments, const Settings &settings)
{
    VerifyOptions options;
    const auto processes = verifyNumber(arguments, "processes", 1, 16, options.processes);
    const auto seconds = verifyNumber(arguments, "seconds", 0.5, 3600, options.seconds);
    for (const auto *number : {&processes, &seconds}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    options.processes = static_cast<int>(std::floor(*processes));
    options.seconds = *seconds;
    options.seed = Random::fromSystem()->bits() >> 32;
    if (const std::string *text = arguments.value("seed")) {
        const auto seed = parseCount(*text);
        if (!seed)
            return fail(ErrorCode::InvalidArgument, "--seed " + inQuotes(*text) + " is not a number", "use 0 or more");
        options.seed = static_cast<std::uint64_t>(*seed);
    }
    if (const std::string *text = arguments.value("bound")) {
        const auto bound = parseDuration(*text);
        if (!bound)
            return tl::unexpected(bound.error());
        options.bound = *bound;
    }
    if (const std::string *list = arguments.value("faults")) {
        auto faults = verifyFaults(*list);
        if (!faults)
            return tl::unexpected(faults.error());
        options.faults = std::move(*faults);
    }
    if (!options.faults.empty() && (settings.redis || settings.redisOff))
        return fail(ErrorCode::InvalidArgument, "faults are made only to a Redis that verify has started itself",
            "leave out --redis or --faults");
    if (settings.redisOff && !settings.database)
        return fail(ErrorCode::InvalidArgument, "without Redis and database the processes share nothing",
            "leave out --redis none or --database none");
    return options;
}

Status VerifyPlan::write() const
{
    QJsonObject plan{{QStringLiteral("seed"), QString::number(seed)}};
    if (redis) {
        plan[QStringLiteral("redis")] = planText(redis->url);
        plan[QStringLiteral("redisPasswordFile")] = planText(redis->passwordFile);
        plan[QStringLiteral("redisCaFile")] = planText(redis->caFile);
        plan[QStringLiteral("space")] = planText(redis->space);
    }
    if (database) {
        plan[QStringLiteral("database")] = planText(database->url);
        plan[QStringLiteral("space")] = planText(database->space);
    }
    QFile file(planPath(directory));
    const QByteArray text = QJsonDocument(plan).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return fail(ErrorCode::Io,
            "the plan " + file.fileName().toStdString() + " cannot be written: " + file.errorString().toStdString());
    return {};
}

Result<VerifyPlan> VerifyPlan::read(const std::string &directory)
{
    QFile file(planPath(directory));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "there is no plan in " + directory, "verify starts its processes itself");
    const QJsonObject plan = QJsonDocument::fromJson(file.readAll()).object();
    const auto text = [&](const char *name) { return plan[QLatin1String(name)].toString().toStdString(); };
    VerifyPlan out{directory, plan[QStringLiteral("seed")].toString().toULongLong(), {}, {}};
    if (plan.contains(QStringLiteral("redis"))) {
        out.redis.emplace();
        out.redis->url = text("redis");
        out.redis->passwordFile = text("redisPasswordFile");
        out.redis->caFile = text("redisCaFile");
        out.redis->space = text("space");
    }
    if (plan.contains(QStringLiteral("database"))) {
        out.database.emplace();
        out.database->url = text("database");
        out.database->space = text("space");
    }
    return out;
}

} // namespace insitecache
