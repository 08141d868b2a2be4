// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "settings/policychange.h"
#include "settings/policyfile.h"
#include "settings/policywatch.h"
#include "support/scriptedsource.h"

using namespace insitecache;
using namespace insitecache::test;
using namespace std::chrono_literals;

namespace {

/// A running engine that follows the policies.toml of a home of its own.
struct Followed {
    QTemporaryDir home;
    Arguments arguments = *parseArguments({}, Program::CommandLine, nullptr);
    Settings settings;
    std::unique_ptr<Engine> engine;
    std::unique_ptr<PolicyWatch> watch;
    std::unique_ptr<QSignalSpy> changed, unusable;

    explicit Followed(const QByteArray &config = {})
    {
        if (!config.isEmpty())
            write(QStringLiteral("config.toml"), config);
        settings = *Settings::load(Program::CommandLine, arguments, environment());
        EngineOptions options;
        options.policies = settings.policies;
        options.sources.push_back([]() -> Result<std::unique_ptr<Source>> {
            auto source = std::make_unique<ScriptedSource>();
            source->answers.emplace("stock:A", std::string("\xf6"));
            return source;
        });
        engine = std::move(*Engine::start(options));
    }
    void follow()
    {
        watch = std::make_unique<PolicyWatch>(*engine, settings);
        changed = std::make_unique<QSignalSpy>(watch.get(), &PolicyWatch::changed);
        unusable = std::make_unique<QSignalSpy>(watch.get(), &PolicyWatch::unusable);
        // The look at the beginning must not find what a test changes later.
        QSignalSpy begun(watch->findChild<QTimer *>(), &QTimer::timeout);
        QVERIFY(begun.wait());
    }

    Settings::Environment environment() const
    {
        return [path = home.path().toStdString()](
                   const char *name) { return name == std::string_view("HOME") ? std::optional(path) : std::nullopt; };
    }
    QString folder() const { return home.filePath(QStringLiteral(".config/insitecache")); }
    QString file() const { return QString::fromStdString(settings.policyFile); }
    /// In place, as an editor may do.
    void write(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(folder());
        QFile file(folder() + QLatin1Char('/') + name);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
    }
    /// As `policies set` does: the new file takes the place of the old one.
    bool set(const char *type, const char *field, const char *text) const
    {
        return changePolicyFile({type, {{field, text}}}, arguments, environment()).has_value();
    }
    bool unset(const char *type) const { return changePolicyFile({type, {}}, arguments, environment()).has_value(); }
    Millis ttl(const char *type) const { return engine->policies().policyFor(type)->ttl; }
};

} // namespace

/// A running program and the policies that another one changes.
class TestSettingsPolicyWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatAnotherProcessSetsHolds()
    {
        Followed followed("[policy.stock]\nttl = \"20s\"\n[policy.search]\nttl = \"70s\"\n");
        followed.follow();
        QVERIFY(followed.set("stock", "ttl", "1m"));
        QTRY_COMPARE(followed.ttl("stock"), Millis(60'000));
        QCOMPARE(followed.changed->count(), 1);
        QCOMPARE(
            followed.changed->first().first().value<std::vector<std::string>>(), std::vector<std::string>{"stock"});
        // Each rename ends the watch on the file that was there before.
        QVERIFY(followed.set("stock", "ttl", "2m"));
        QTRY_COMPARE(followed.ttl("stock"), Millis(120'000));
        QVERIFY(followed.unset("stock"));
        QTRY_COMPARE(followed.ttl("stock"), Millis(20'000));
        QCOMPARE(followed.ttl("search"), Millis(70'000));
        QCOMPARE(followed.unusable->count(), 0);
    }

    void aFolderThatIsNotThereYetIsWaitedFor()
    {
        Followed followed;
        const Millis builtIn = followed.ttl("stock");
        followed.follow();
        QVERIFY(!QFile::exists(followed.folder()));
        QVERIFY(followed.set("stock", "ttl", "61s"));
        QTRY_COMPARE(followed.ttl("stock"), Millis(61'000));
        QVERIFY(QFile::remove(followed.file()));
        QTRY_COMPARE(followed.ttl("stock"), builtIn);
    }

    void aTypeWithoutAPolicyAgainIsAsTheDefault()
    {
        Followed followed;
        followed.follow();
        followed.write(QStringLiteral("policies.toml"), "[policy.news]\nttl = \"5s\"\n");
        QTRY_COMPARE(followed.ttl("news"), Millis(5000));
        followed.write(QStringLiteral("policies.toml"), "[policy.default]\nttl = \"6s\"\n");
        QTRY_COMPARE(followed.ttl("news"), Millis(6000));
        QCOMPARE(followed.ttl("other"), Millis(6000));
    }

    void whatChangedBeforeTheWatchIsSeen()
    {
        Followed followed;
        QVERIFY(followed.set("stock", "ttl", "62s"));
        followed.follow();
        QTRY_COMPARE(followed.ttl("stock"), Millis(62'000));
    }

    void aFileThatHoldsNoPoliciesChangesNothing()
    {
        Followed followed;
        QVERIFY(followed.set("stock", "ttl", "63s"));
        followed.follow();
        QTRY_COMPARE(followed.ttl("stock"), Millis(63'000));
        QSignalSpy read(followed.watch->findChild<QTimer *>(), &QTimer::timeout);
        followed.write(QStringLiteral("policies.toml"), "[policy.stock]\nttl = \"long\"\n");
        QTRY_COMPARE(followed.unusable->count(), 1);
        const Error error = followed.unusable->first().first().value<Error>();
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY(QString::fromStdString(error.message).contains(followed.file()));
        QCOMPARE(followed.ttl("stock"), Millis(63'000));
        // It is read again with everything that happens beside it, and said once.
        const auto before = read.count();
        followed.write(QStringLiteral("window.ini"), "x");
        QTRY_VERIFY(read.count() > before);
        QCOMPARE(followed.unusable->count(), 1);
        followed.write(QStringLiteral("policies.toml"), "[policy.stock]\nttl = \"64s\"\n");
        QTRY_COMPARE(followed.ttl("stock"), Millis(64'000));
        followed.write(QStringLiteral("policies.toml"), "[policy.stock]\nttl = \"long\"\n");
        QTRY_COMPARE(followed.unusable->count(), 2);
    }

    void theTierThatATypeLeavesIsSwept()
    {
        Followed followed;
        const std::vector<CacheKey> key{CacheKey::parse("stock:A").value()};
        const auto stageOf = [&] { return followed.engine->lookup(key).result().front().answeredBy; };
        stageOf();
        QTRY_COMPARE(stageOf(), Stage::L1);
        followed.follow();
        QVERIFY(followed.set("stock", "tiers", "L2,L3"));
        QTRY_VERIFY(!followed.engine->policies().policyFor("stock")->uses(Stage::L1));
        QTRY_COMPARE(stageOf(), Stage::Source);
    }
};

QTEST_GUILESS_MAIN(TestSettingsPolicyWatch)
#include "tst_settingspolicywatch.moc"
