// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QTemporaryDir>
#include <QTest>

#include "settings/policysettings.h"
#include "settings/printable.h"
#include "settings/quantities.h"
#include "settings/settings.h"
#include "settings/urls.h"

using namespace insitecache;
using namespace std::chrono_literals;

namespace {

const EffectiveValue *effective(const Settings &settings, std::string_view name)
{
    for (const EffectiveValue &value : settings.effective) {
        if (value.name == name)
            return &value;
    }
    return nullptr;
}

} // namespace

class TestSettings : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::map<std::string, std::string> m_environment;

    std::string path(const char *name) const { return m_dir->filePath(QString::fromLatin1(name)).toStdString(); }

    std::string write(const char *name, const QByteArray &text)
    {
        QFile file(m_dir->filePath(QString::fromLatin1(name)));
        file.open(QIODevice::WriteOnly);
        file.write(text);
        return file.fileName().toStdString();
    }

    /// Where the program itself looks.
    std::string writeConfig(const QByteArray &text)
    {
        QDir(m_dir->path()).mkpath(QStringLiteral("config/insitecache"));
        return write("config/insitecache/config.toml", text);
    }

    Result<Settings> load(const std::vector<std::string> &words, Program program = Program::CommandLine)
    {
        auto arguments = parseArguments(words, program, nullptr);
        if (!arguments)
            return tl::unexpected(arguments.error());
        return Settings::load(program, *arguments, [this](const char *name) {
            const auto found = m_environment.find(name);
            return found == m_environment.end() ? std::nullopt : std::optional<std::string>(found->second);
        });
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_environment = {{"XDG_CONFIG_HOME", path("config")}, {"XDG_CACHE_HOME", path("cache")}};
    }

    void defaultsNeedNothing()
    {
        const auto settings = load({});
        QVERIFY(settings);
        QVERIFY(settings->upstream == UpstreamKind::Demo);
        QCOMPARE(settings->space, std::string("demo"));
        QVERIFY(!settings->redis);
        QVERIFY(!settings->privateRedis);
        QCOMPARE(settings->database->url, "sqlite:" + path("cache/insitecache/cache.db"));
        QCOMPARE(settings->database->sharedTypes, std::vector<std::string>{"user"});
        QVERIFY(load({}, Program::Dashboard)->privateRedis);
    }

    void laterLayersWin()
    {
        const std::string config = writeConfig("[redis]\nurl = \"unix:/file.sock\"\n");
        auto settings = load({});
        QCOMPARE(settings->redis->url, std::string("unix:/file.sock"));
        QCOMPARE(effective(*settings, "redis")->origin, config + ":2");
        m_environment["INSITECACHE_REDIS_URL"] = "unix:/environment.sock";
        settings = load({});
        QCOMPARE(settings->redis->url, std::string("unix:/environment.sock"));
        QCOMPARE(effective(*settings, "redis")->origin, std::string("INSITECACHE_REDIS_URL"));
        settings = load({"--redis", "unix:/argv.sock"});
        QCOMPARE(settings->redis->url, std::string("unix:/argv.sock"));
        QCOMPARE(effective(*settings, "redis")->origin, std::string("--redis"));
        settings = load({"--redis=none"});
        QVERIFY(!settings->redis);
        QVERIFY(settings->redisOff);
    }

    void profileOverridesTheRest()
    {
        writeConfig("read-only = false\n[profile.ops]\nread-only = true\n[profile.ops.database]\nurl = \"none\"\n"
                    "[profile.ops.policy.stock]\nttl = \"10s\"\n[policy.stock]\nttl = \"20s\"\njitter = 0.2\n");
        auto settings = load({});
        QVERIFY(!settings->readOnly);
        QCOMPARE(settings->policies.at(0).ttl, Millis(20s));
        settings = load({"--profile", "ops"});
        QVERIFY(settings->readOnly);
        QVERIFY(!settings->database);
        QCOMPARE(settings->policies.at(0).ttl, Millis(10s));
        QCOMPARE(settings->policies.at(0).jitter, 0.2);
        const auto unknown = load({"--profile", "opps"});
        QVERIFY(unknown.error().hint.find("ops") != std::string::npos);
    }

    void errorsSayWhereTheyStand_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("not TOML") << QByteArray("[redis]\nurl = \n") << 2 << QByteArray("");
        QTest::newRow("unknown") << QByteArray("\n\n[redis]\nurll = \"x\"\n") << 4 << QByteArray("redis.urll");
        QTest::newRow("bad url") << QByteArray("[redis]\nurl = \"http://x\"\n") << 2 << QByteArray("http://x");
        QTest::newRow("bad ttl") << QByteArray("[policy.stock]\njitter = 0.1\nttl = \"soon\"\n") << 3
                                 << QByteArray("soon");
        QTest::newRow("bad range") << QByteArray("[policy.stock]\nttl = \"0s\"\n") << 2 << QByteArray("ttl");
        QTest::newRow("bad field") << QByteArray("[policy.stock]\ntll = \"3s\"\n") << 2 << QByteArray("tll");
        QTest::newRow("bad type") << QByteArray("[policy.Stock]\nttl = \"3s\"\n") << 2 << QByteArray("key type");
        QTest::newRow("date") << QByteArray("[memory]\nmax-bytes = 2024-01-01\n") << 2
                              << QByteArray("memory.max-bytes");
        QTest::newRow("bad size") << QByteArray("[memory]\nmax-bytes = \"lots\"\n") << 2 << QByteArray("lots");
    }

    void errorsSayWhereTheyStand()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(QByteArray, message);
        const std::string config = writeConfig(text);
        const auto settings = load({});
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::InvalidArgument);
        const std::string said = settings.error().toString();
        QVERIFY2(said.starts_with(config + ':' + std::to_string(line) + ':'), said.c_str());
        QVERIFY2(said.find(message.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(!settings.error().hint.empty(), said.c_str());
        QVERIFY(said.find('\n') == std::string::npos);
    }

    void namedFileMustBeThere()
    {
        const auto settings = load({"--config", path("nowhere.toml")});
        QCOMPARE(settings.error().code, ErrorCode::Io);
        QVERIFY(settings.error().message.find("nowhere.toml") != std::string::npos);
    }

    void fileIsNeverWritten()
    {
        const QByteArray text = "# mine\n[redis]\nurl = \"none\"\n";
        const std::string config = writeConfig(text);
        QVERIFY(load({"--redis", "unix:/a.sock"}));
        QFile file(QString::fromStdString(config));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), text);
    }

    void relativePathsOfTheFileStartAtTheFile()
    {
        writeConfig("[upstream]\nrecordings = \"rec\"\n");
        QCOMPARE(load({})->recordings, path("config/insitecache/rec"));
    }

    void passwordsStayOut_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("url");
        QTest::newRow("redis") << "--redis"
                               << "redis://me:hunter2@h:1/0";
        QTest::newRow("no user") << "--redis"
                                 << "rediss://:hunter2@h";
        QTest::newRow("broken") << "--redis"
                                << "redis://me:hunter2@h:port:x";
        QTest::newRow("at sign") << "--redis"
                                 << "redis://me:hunter2@x@h";
        QTest::newRow("late colon") << "--redis"
                                    << "redis://me@x:hunter2@h";
        QTest::newRow("database") << "--database"
                                  << "postgresql://me:hunter2@h/db";
        QTest::newRow("yahoo") << "--yahoo-url"
                               << "https://me:hunter2@h";
    }

    void passwordsStayOut()
    {
        QFETCH(QString, option);
        QFETCH(QString, url);
        const auto settings = load({option.toStdString(), url.toStdString()});
        QVERIFY(!settings);
        const std::string said = settings.error().toString();
        QVERIFY2(said.find("hunter2") == std::string::npos, said.c_str());
        QVERIFY2(said.find("password") != std::string::npos, said.c_str());
    }

    void secretsComeFromFiles()
    {
        m_environment["INSITECACHE_X_TOKEN_FILE"] = write("token", "abc\n");
        auto settings = load({});
        QVERIFY(settings->upstream == UpstreamKind::Network);
        QCOMPARE(settings->upstreams.xBearerToken, QStringLiteral("abc"));
        for (const EffectiveValue &value : settings->effective)
            QVERIFY(value.value.find("abc") == std::string::npos);
        m_environment["INSITECACHE_X_TOKEN_FILE"] = write("empty", "\n");
        QVERIFY(load({}).error().message.find(path("empty")) != std::string::npos);
        const auto argv = load({"--x-token-file", path("token")});
        QVERIFY(argv.error().hint.find("INSITECACHE_X_TOKEN_FILE") != std::string::npos);
        // Nobody reads it where nothing would be sent.
        QVERIFY(load({"--demo"}));
    }

    void upstreamIsChosenByTheHighestLayer()
    {
        writeConfig("[upstream]\nrecordings = \"/r\"\n");
        QVERIFY(load({})->upstream == UpstreamKind::Recordings);
        QVERIFY(load({"--demo"})->upstream == UpstreamKind::Demo);
        QVERIFY(load({"--yahoo-url", "http://127.0.0.1:1"})->upstream == UpstreamKind::Network);
        m_environment["INSITECACHE_DEMO"] = "1";
        QVERIFY(load({})->upstream == UpstreamKind::Demo);
        QVERIFY(load({"--recordings", "/s"})->upstream == UpstreamKind::Recordings);
        const auto both = load({"--demo", "--recordings", "/s"});
        QVERIFY(both.error().message.find("--demo") != std::string::npos);
        QVERIFY(both.error().message.find("--recordings") != std::string::npos);
    }

    void explicitChoiceBeatsADescribedProvider()
    {
        writeConfig("[upstream]\ndemo = true\n[yahoo]\nurl = \"https://y\"\n");
        QVERIFY(load({})->upstream == UpstreamKind::Demo);
        writeConfig("[upstream]\ndemo = false\n[yahoo]\nurl = \"https://y\"\n");
        QVERIFY(load({})->upstream == UpstreamKind::Network);
    }

    void namedProviderKeepsItsCompanions()
    {
        const auto settings = load({"--yahoo-url", "http://127.0.0.1:1", "--reddit-url", "http://localhost:2"});
        QCOMPARE(settings->upstreams.yahooCookieUrl, settings->upstreams.yahooUrl);
        QCOMPARE(settings->upstreams.redditAuthUrl, settings->upstreams.redditUrl);
        QVERIFY(load({"--yahoo-url", "http://yahoo.example"}).error().message.find("https") != std::string::npos);
        QVERIFY(!load({"--yahoo-url", "http://127.example.com"}));
    }

    void differentUpstreamsHaveDifferentSpaces()
    {
        std::set<std::string> spaces;
        for (const std::vector<std::string> &words :
            std::vector<std::vector<std::string>>{{"--demo"}, {"--recordings", path("a")}, {"--recordings", path("b")},
                {"--yahoo-url", "http://127.0.0.1:1"}, {"--yahoo-url", "https://query2.finance.yahoo.com"}})
            spaces.insert(load(words)->space);
        QCOMPARE(spaces.size(), 5u);
        QCOMPARE(load({"--recordings", path("a")})->space, load({"--recordings", path("a")})->space);
        QCOMPARE(load({})->database->space, std::string("demo"));
    }

    void dashboardOptions()
    {
        const auto settings = load({"--page", "lookups", "--theme=dark", "--lang", "ko", "--range", "1h", "--workload",
                                       "rate=50", "--after", "2s", "--screenshot", "a.png"},
            Program::Dashboard);
        QVERIFY(settings);
        QCOMPARE(settings->dashboard.page, std::string("lookups"));
        QVERIFY(settings->dashboard.range == SeriesRange::Hour1);
        QCOMPARE(settings->dashboard.workload->rate, 50.0);
        QCOMPARE(settings->dashboard.after, Millis(2s));
        QVERIFY(load({"--workload", "none"}, Program::Dashboard)->dashboard.workloadOff);
        QVERIFY(load({"--page", "nowhere"}, Program::Dashboard).error().hint.find("overview") != std::string::npos);
        QCOMPARE(load({"--page", "deps"}, Program::Dashboard)->dashboard.page, std::string("dependencies"));
        QVERIFY(!load({"--page", "lookups"}));
    }

    void preloadOptions()
    {
        const auto preload = [this](const std::vector<std::string> &words) {
            return load(words, Program::Dashboard).map([](const Settings &settings) { return settings.preload; });
        };
        const auto none = preload({});
        QVERIFY(none && !none->hottest && !none->next);
        writeConfig("[dashboard]\npreload = [\"hottest\", \"next\"]\npreload-keys = 50\npreload-quota-share = 0.5\n");
        const auto both = preload({});
        QVERIFY(both && both->hottest && both->next);
        QCOMPARE(both->keys, 50u);
        QCOMPARE(both->quotaShare, 0.5);
        const auto off = preload({"--preload", "none"});
        QVERIFY(off && !off->hottest && !off->next);
        QVERIFY(preload({"--preload", "coldest"}).error().hint.find("hottest") != std::string::npos);
        QVERIFY(!preload({"--preload", ""}));
        for (const char *bad : {"preload-keys = 0", "preload-quota-share = 2"}) {
            writeConfig(QByteArray("[dashboard]\n") + bad);
            QVERIFY2(!preload({}), bad);
        }
    }

    void argumentsAreTakenApart()
    {
        const auto parsed = parseArguments({"a", "-vq", "--redis=x=y", "--", "--json"}, Program::CommandLine, nullptr);
        QCOMPARE(parsed->operands, (std::vector<std::string>{"a", "--json"}));
        QCOMPARE(*parsed->value("redis"), std::string("x=y"));
        QVERIFY(parsed->has("verbose") && parsed->has("quiet") && !parsed->has("json"));
        const auto failing = [](const std::vector<std::string> &words) {
            return parseArguments(words, Program::CommandLine, nullptr).error().toString();
        };
        QVERIFY(failing({"--databse", "x"}).find("--database") != std::string::npos);
        QVERIFY(failing({"--redis"}).find("needs a value") != std::string::npos);
        QVERIFY(failing({"--redis="}).find("empty") != std::string::npos);
        QVERIFY(failing({"--json=yes"}).find("no value") != std::string::npos);
        QVERIFY(failing({"-x"}).find("-x") != std::string::npos);
    }

    void quantities()
    {
        QCOMPARE(parseDuration("1.5h").value(), Millis(90min));
        QCOMPARE(parseDuration("250ms").value(), 250ms);
        QCOMPARE(parseDuration("0").value(), 0ms);
        for (const char *bad : {"", "5", "-3s", "1e3s", "3 weeks", "nan", "99999d", "0.1ms", "s"})
            QVERIFY2(!parseDuration(bad), bad);
        QCOMPARE(parseBytes("1.5KiB").value(), 1536u);
        QCOMPARE(parseBytes("2MB").value(), 2'000'000u);
        for (const char *bad : {"", "KiB", "-1", "1 XB", "99999999TiB"})
            QVERIFY2(!parseBytes(bad), bad);
        for (const char *bad : {"", "-1", "1.5", "99999999999999999999"})
            QVERIFY2(!parseCount(bad), bad);
        QCOMPARE(parseDuration(durationText(1500ms)).value(), 1500ms);
    }

    void redisAddresses()
    {
        for (const char *good : {"redis://h", "redis://me@h:6380/3", "rediss://h/0", "redis://[::1]:1/0",
                 "unix:/a.sock", "unix:/a.sock?db=2"})
            QVERIFY2(checkRedisUrl(good), good);
        const std::string longPath = "unix:/" + std::string(120, 'x');
        for (const char *bad : {"", "h:6379", "http://h", "redis://", "redis://h/x", "redis://h:0", "redis://h:99999",
                 "unix:a.sock", "unix:", "unix:/a?db=x", longPath.c_str()})
            QVERIFY2(!checkRedisUrl(bad), bad);
    }

    void foreignTextStaysOnOneLine()
    {
        QCOMPARE(printable("a\x1b[31m\nb\xff"), std::string("a\\x1b[31m\\x0ab\xEF\xBF\xBD"));
        QCOMPARE(printable("삼성 \u202Etxt"), std::string("삼성 \\u{202e}txt"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
