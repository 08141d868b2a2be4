// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "cli/command.h"
#include "cli/doctorchecks.h"
#include "cli/enginestate.h"
#include "cli/jsonlookup.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

// One question per kind of source; the symbol is one that every upstream and recording knows.
constexpr std::string_view doctorProbes[] = {"stock:AAPL", "sentiment:AAPL"};

std::vector<Lookup> askSources(Engine &engine)
{
    std::vector<CacheKey> keys;
    for (const std::string_view probe : doctorProbes)
        keys.push_back(CacheKey::parse(probe).value());
    return engine.lookup(std::move(keys), LookupOptions{true, false}).result();
}

std::string statusShown(const Console &console, Check::Status status)
{
    const std::string word(checkStatusName(status));
    return status == Check::Status::Ok  ? console.good(word)
        : status == Check::Status::Warn ? console.odd(word)
                                        : console.bad(word);
}

QJsonObject checksJson(const std::vector<Check> &checks, ExitCode exit)
{
    QJsonArray json;
    for (const Check &check : checks)
        json.append(QJsonObject{{QStringLiteral("name"), textJson(check.name)},
            {QStringLiteral("status"), textJson(checkStatusName(check.status))},
            {QStringLiteral("detail"), textJson(check.detail)}, {QStringLiteral("hint"), textJson(check.hint)}});
    return {{QStringLiteral("ok"), exit == ExitCode::Ok}, {QStringLiteral("checks"), json}};
}

QJsonArray settingsJson(const Settings &settings)
{
    QJsonArray json;
    for (const EffectiveValue &value : settings.effective)
        json.append(QJsonObject{{QStringLiteral("name"), textJson(value.name)},
            {QStringLiteral("value"), textJson(value.value)}, {QStringLiteral("origin"), textJson(value.origin)}});
    return json;
}

void showChecks(Console &console, const std::vector<Check> &checks)
{
    std::vector<std::vector<std::string>> rows;
    for (const Check &check : checks) {
        const std::string next = check.hint.empty() ? std::string() : "; " + printable(check.hint);
        rows.push_back({statusShown(console, check.status), check.name, printable(check.detail) + next});
    }
    console.table(rows);
}

void showSettings(Console &console, const Settings &settings)
{
    std::vector<std::vector<std::string>> rows{{"setting", "value", "from"}};
    for (const EffectiveValue &value : settings.effective)
        rows.push_back({printable(value.name), printable(value.value), printable(value.origin)});
    console.line();
    console.table(rows);
}

ExitCode verdict(const std::vector<Check> &checks)
{
    ExitCode exit = ExitCode::Ok;
    for (const Check &check : checks) {
        if (check.status == Check::Status::Fail)
            exit = worse(exit, check.isRemote ? ExitCode::Unreachable : ExitCode::Failed);
    }
    return exit;
}

} // namespace

ExitCode runDoctor(const CommandContext &context)
{
    Console &console = context.console;
    std::vector<Check> checks{checkConfiguration(context.settings), checkUpstreamChoice(context.settings)};
    ExitCode exit = ExitCode::Ok;
    const auto session = openSession(context, exit);
    if (!session)
        return exit;
    const std::vector<Lookup> probes = askSources(session->engine());
    const EngineState state = EngineState::of(session->engine());
    for (int i = 0; i < tierCount; ++i)
        checks.push_back(checkTier(static_cast<Stage>(i), *session, state));
    for (const SourceStatus &source : state.sources)
        checks.push_back(checkSource(source));
    for (const Lookup &probe : probes)
        checks.push_back(checkProbe(probe));
    exit = verdict(checks);
    if (console.wantsJson()) {
        QJsonObject document = checksJson(checks, exit);
        document[QStringLiteral("settings")] = settingsJson(context.settings);
        console.document(document);
    }
    showChecks(console, checks);
    if (console.style().verbose > 0)
        showSettings(console, context.settings);
    return exit;
}

} // namespace insitecache
