// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <insitecache/monitor/monitor.h>

#include "monitor/eventlogwriter.h"
#include "support/scriptedsource.h"
#include "support/tiercalls.h"

using namespace insitecache;
using namespace insitecache::test;

namespace {

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestEventLog : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const char *name) const { return m_dir->filePath(QLatin1String(name)); }
    std::string log() const { return path("events.jsonl").toStdString(); }
    QStringList names() const { return QDir(m_dir->path()).entryList(QDir::Files); }

    static std::unique_ptr<Engine> start()
    {
        EngineOptions options;
        options.sources.push_back(
            []() -> Result<std::unique_ptr<Source>> { return std::make_unique<ScriptedSource>(); });
        return std::move(Engine::start(options).value());
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void aFullFileIsPutAside()
    {
        EventLogFile file(log(), {.bytes = 100, .files = 3});
        for (int i = 0; i < 40; ++i)
            QVERIFY(file.append("line " + std::to_string(10 + i) + " 9012345678\n"));
        QCOMPARE(names().join(u' '), QStringLiteral("events.jsonl events.jsonl.1 events.jsonl.2"));
        // 19 bytes a line: five of them fit. Nothing is lost before the oldest file is.
        QStringList kept;
        for (const char *name : {"events.jsonl.2", "events.jsonl.1", "events.jsonl"}) {
            QVERIFY(QFileInfo(path(name)).size() <= 100);
            QCOMPARE(QFileInfo(path(name)).permissions() & 0x77, QFileDevice::Permissions());
            kept += linesOf(path(name));
        }
        QCOMPARE(kept.size(), 15);
        QCOMPARE(kept.first().mid(5, 2), QStringLiteral("35"));
        QCOMPARE(kept.last().mid(5, 2), QStringLiteral("49"));
    }

    void aFileGoesOnWhereAnEarlierProcessStopped()
    {
        QVERIFY(EventLogFile(log()).append("one\n"));
        QVERIFY(EventLogFile(log()).append("two\n"));
        QCOMPARE(linesOf(path("events.jsonl")).join(u' '), QStringLiteral("one two"));
    }

    void eachOfTwoProcessesHasItsOwn()
    {
        EventLogFile first(log()), second(log());
        QVERIFY(first.append("one\n"));
        QVERIFY(second.append("two\n"));
        QCOMPARE(second.path(), path("events-2.jsonl").toStdString());
        QVERIFY(first.append("three\n"));
        QCOMPARE(linesOf(path("events.jsonl")).join(u' '), QStringLiteral("one three"));
    }

    void whatCannotBeWrittenIsTriedAgain()
    {
        const QString folder = path("later");
        EventLogFile file((folder + QStringLiteral("/events.jsonl")).toStdString());
        const Status failed = file.append("one\n");
        QCOMPARE(failed.error().code, ErrorCode::Io);
        QVERIFY(!failed.error().hint.empty());
        QVERIFY(QDir().mkdir(folder));
        QVERIFY(file.append("two\n"));
        QCOMPARE(linesOf(folder + QStringLiteral("/events.jsonl")).join(u' '), QStringLiteral("two"));
    }

    void aMonitorWritesWhatHappens()
    {
        const auto engine = start();
        {
            Monitor monitor(*engine, {.eventLog = log()});
            Invalidation what{Selector::keys({keyOf("stock:S1")})};
            what.reason = "evil \"reason\"\n=cmd";
            monitor.invalidate(what).waitForFinished();
            monitor.bookmark("here");
            QCOMPARE(monitor.eventsAfter(0).size(), std::size_t(2));
            QTRY_COMPARE(monitor.eventLog(), log());
        }
        const QStringList lines = linesOf(path("events.jsonl"));
        QCOMPARE(lines.size(), 2);
        const auto first = QJsonDocument::fromJson(lines[0].toUtf8());
        QCOMPARE(first[QLatin1String("kind")].toString(), QStringLiteral("invalidation"));
        QCOMPARE(first[QLatin1String("reason")].toString(), QStringLiteral("evil \"reason\"\n=cmd"));
        QCOMPARE(
            QJsonDocument::fromJson(lines[1].toUtf8())[QLatin1String("reason")].toString(), QStringLiteral("here"));
    }

    void aFailureIsToldOnceUntilItWorksAgain()
    {
        int failures = 0;
        {
            std::unique_ptr<EventLogWriter> writer;
            const auto event = std::make_shared<const Event>();
            // The next event comes after the first failure, so that the two are not written together.
            writer = std::make_unique<EventLogWriter>(
                EventLogFile(path("nowhere/events.jsonl").toStdString()), [&](const Error &) {
                    if (++failures == 1)
                        writer->write(event);
                });
            writer->write(event);
        }
        QCOMPARE(failures, 1);
    }

    void aMonitorSaysOnceThatItCannotWrite()
    {
        const auto engine = start();
        Monitor monitor(*engine, {.eventLog = path("nowhere/events.jsonl").toStdString()});
        monitor.bookmark("one");
        QTRY_COMPARE(monitor.eventsAfter(0).size(), std::size_t(2));
        const EventPtr told = monitor.eventsAfter(1).at(0);
        QCOMPARE(told->kind, EventKind::LogFailed);
        QVERIFY(told->detail.find("nowhere") != std::string::npos);
        // It is tried again, said no more, and said again only after it worked.
        monitor.bookmark("two");
        QVERIFY(QDir().mkdir(path("nowhere")));
        QTRY_VERIFY((monitor.bookmark("more"), !monitor.eventLog().empty()));
        for (const EventPtr &event : monitor.eventsAfter(told->id))
            QCOMPARE(event->kind, EventKind::Bookmark);
    }
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
