// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "settings/policychange.h"
#include "settings/policyfile.h"
#include "settings/policysettings.h"

using namespace insitecache;
using namespace std::chrono_literals;

/// The settings' second file: policies.toml.
class TestSettingsPolicies : public QObject {
    Q_OBJECT

    QTemporaryDir m_dir;

    std::string path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)).toStdString(); }

    Settings::Environment environment() const
    {
        return [home = m_dir.path().toStdString()](
                   const char *name) { return name == std::string_view("HOME") ? std::optional(home) : std::nullopt; };
    }

    Arguments withConfig(const QByteArray &text, const std::vector<std::string> &more = {}) const
    {
        QFile file(m_dir.filePath(QStringLiteral("config.toml")));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        std::vector<std::string> words{"--config", file.fileName().toStdString()};
        words.insert(words.end(), more.begin(), more.end());
        return *parseArguments(words, Program::CommandLine, nullptr);
    }

private Q_SLOTS:
    void cleanup() { QFile::remove(m_dir.filePath(QStringLiteral("policies.toml"))); }

    void everyFieldReadsBack()
    {
        Policy odd;
        odd.ttl = 1500ms;
        odd.staleFor = 0ms;
        odd.negativeTtl = 1s;
        odd.jitter = 0.1 + 0.2;
        odd.refreshAhead = 1.0 / 3;
        odd.tiers[1] = false;
        odd.strategy = WriteStrategy::Behind;
        odd.l1Bytes = 96 << 20;
        odd.adaptiveTtl = true;
        odd.minTtl = 250ms;
        odd.maxTtl = 3h;
        Policy read;
        for (const std::string_view field : policyFields())
            QVERIFY(setPolicyField(read, field, policyFieldText(odd, field)));
        QVERIFY(read == odd);
    }

    void whatIsWrittenReadsBack()
    {
        const std::string file = path("policies.toml");
        auto policies = PolicyFile::read(file);
        QVERIFY(policies && policies->settings().empty());
        policies->set("stock", "ttl", "5m");
        policies->set("stock", "tiers", "L1,L3");
        policies->set("news-2", "jitter", "0.25");
        QVERIFY(policies->write());
        auto again = PolicyFile::read(file);
        QVERIFY(again);
        QCOMPARE(again->settings().size(), std::size_t(3));
        QCOMPARE(again->settings().at("policy.stock.tiers").text, std::string("L1,L3"));
        QCOMPARE(again->settings().at("policy.news-2.jitter").text, std::string("0.25"));
        QCOMPARE(again->settings().at("policy.stock.ttl").origin.substr(0, file.size() + 1), file + ':');
        again->unset("stock");
        QCOMPARE(again->settings().size(), std::size_t(1));
        again->unset("news-2");
        QVERIFY(again->write());
        QVERIFY(PolicyFile::read(file)->settings().empty());
    }

    void itHoldsInEveryProfile()
    {
        const Arguments arguments
            = withConfig("[profile.ops.policy.stock]\nttl = \"10s\"\njitter = 0.3\n", {"--profile", "ops"});
        QVERIFY(changePolicyFile({"stock", {{"ttl", "44s"}}}, arguments, environment()));
        const auto settings = Settings::load(Program::Dashboard, arguments, environment());
        QVERIFY(settings);
        QCOMPARE(settings->policyFile, path("policies.toml"));
        QCOMPARE(settings->policies.at(0).ttl, Millis(44s));
        QCOMPARE(settings->policies.at(0).jitter, 0.3);
    }

    void takingBackMustLeaveAValidPolicy()
    {
        const Arguments before = withConfig("");
        QVERIFY(changePolicyFile({"stock", {{"write", "through"}}}, before, environment()));
        const Arguments arguments = withConfig("[policy.stock]\ntiers = [\"L1\"]\nwrite = \"behind\"\n");
        QVERIFY(Settings::load(Program::CommandLine, arguments, environment()));
        const auto back = changePolicyFile({"stock", {}}, arguments, environment());
        QVERIFY(!back);
        QCOMPARE(back.error().code, ErrorCode::InvalidArgument);
        QVERIFY(Settings::load(Program::CommandLine, arguments, environment()));
    }

    void aPlanWritesNothing()
    {
        const Arguments arguments = withConfig("");
        const auto plan = planPolicyChange({"stock", {{"tiers", "L3"}}}, arguments, environment());
        QVERIFY(plan);
        QVERIFY(plan->before.uses(Stage::L1) && !plan->after.uses(Stage::L1));
        QVERIFY(!QFile::exists(m_dir.filePath(QStringLiteral("policies.toml"))));
    }

    void withoutAHomeThereIsNoPlace()
    {
        const auto change = changePolicyFile(
            {"stock", {{"ttl", "44s"}}}, Arguments(), [](const char *) { return std::optional<std::string>(); });
        QVERIFY(!change);
        QCOMPARE(change.error().code, ErrorCode::Unconfigured);
        QVERIFY(change.error().hint.find("--config") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestSettingsPolicies)
#include "tst_settingspolicies.moc"
