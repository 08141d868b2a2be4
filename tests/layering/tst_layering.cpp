// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "includes.h"
#include "races.h"
#include "sizes.h"
#include "wording.h"

using namespace insitecache::layering;

namespace {

Findings checkAll(const SourceTree &tree)
{
    Findings out = checkIncludes(tree);
    for (const Findings &more : {checkWording(tree), checkHeads(tree), checkSizes(tree)})
        out.insert(out.end(), more.begin(), more.end());
    return out;
}

const QString licence = QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later\n");

/// A repository in small, in which nothing is wrong until a test puts it there.
class SmallTree {
public:
    SmallTree()
    {
        write(QStringLiteral("core/include/insitecache/base/error.h"),
            licence + QStringLiteral("#pragma once\n#include <string>\n#include <tl/expected.hpp>\n/// An error.\n"));
        write(QStringLiteral("core/include/insitecache/cache/engine.h"),
            licence + QStringLiteral("#pragma once\n#include <QFuture>\n#include <insitecache/base/error.h>\n///\n"));
        write(QStringLiteral("core/src/redis/wire.h"),
            licence + QStringLiteral("#pragma once\n#include <hiredis/hiredis.h>\n#include <QTcpSocket>\n"));
        write(QStringLiteral("core/src/sql/store.cpp"),
            licence + QStringLiteral("#include <QSqlQuery>\n#include \"sql/store.h\"\n#include <sys/stat.h>\n"));
        write(QStringLiteral("core/src/sql/store.h"), licence + QStringLiteral("#pragma once\n"));
        write(QStringLiteral("ui/mainwindow.h"), licence + QStringLiteral("#pragma once\n#include <QMainWindow>\n"));
        write(QStringLiteral("app/dashboard/main.cpp"),
            licence + QStringLiteral("#include \"mainwindow.h\"\nint main()\n{\n    return app.exec();\n}\n"));
    }

    void write(const QString &path, const QString &text)
    {
        QDir(m_dir.path()).mkpath(QFileInfo(path).path());
        QFile file(m_dir.filePath(path));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0)
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }
    SourceTree read() const { return SourceTree::read(m_dir.path()); }

private:
    QTemporaryDir m_dir;
};

QString functionOf(int lines)
{
    return QStringLiteral("void f()\n{\n") + QStringLiteral("    f();\n").repeated(lines) + QStringLiteral("}\n");
}

} // namespace

class TestLayering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repositoryKeepsItsRules()
    {
        const SourceTree tree = SourceTree::read(qEnvironmentVariable("INSITECACHE_SOURCE_DIR"));
        QVERIFY2(tree.has(QStringLiteral("core/include/insitecache/cache/engine.h")), "set INSITECACHE_SOURCE_DIR");
        qInfo("%s", qPrintable(measureSizes(tree).toString()));
        Findings findings = checkAll(tree);
        for (const Finding &finding : checkRaces(tree))
            findings.push_back(finding);
        for (const Finding &finding : findings)
            qWarning("%s", qPrintable(finding.toString()));
        QVERIFY2(findings.empty(), "see the warnings above");
    }

    void cleanTreeHasNoFindings()
    {
        const Findings findings = checkAll(SmallTree().read());
        QVERIFY2(findings.empty(), findings.empty() ? "" : qPrintable(findings.front().toString()));
    }

    void qtHeadersAreKnownByTheirModule()
    {
        QCOMPARE(qtModuleOf(QStringLiteral("QFuture")), QStringLiteral("QtCore"));
        QCOMPARE(qtModuleOf(QStringLiteral("qlabel.h")), QStringLiteral("QtWidgets"));
        QCOMPARE(qtModuleOf(QStringLiteral("QtSql/QSqlQuery")), QStringLiteral("QtSql"));
        QCOMPARE(qtModuleOf(QStringLiteral("vector")), QString());
    }

    void brokenRuleIsFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("line");
        const auto row = [](const char *name, const char *path, const QString &text, const char *rule, int line) {
            QTest::newRow(name) << QString::fromLatin1(path) << text << QString::fromLatin1(rule) << line;
        };
        const auto code = [&](const char *text) { return licence + QString::fromLatin1(text); };
        const auto header = [&](const char *text) {
            return licence + QLatin1String("#pragma once\n///\n") + QString::fromLatin1(text);
        };

        row("core, Widgets", "core/src/cache/a.cpp", code("#include <QLabel>\n"), "include", 2);
        row("core, Gui", "core/src/cache/a.cpp", code("#include <QColor>\n"), "include", 2);
        row("core, Widgets by module", "core/src/cache/a.cpp", code("#include <QtWidgets/QLabel>\n"), "include", 2);
        row("core, ui", "core/src/cache/a.cpp", code("#include \"mainwindow.h\"\n"), "include", 2);
        row("core, ui by path", "core/src/cache/a.cpp", code("#include \"../../../ui/mainwindow.h\"\n"), "include", 2);
        row("hiredis outside", "core/src/cache/a.cpp", code("#include <hiredis/read.h>\n"), "include", 2);
        row("Sql outside", "core/src/redis/a.cpp", code("#include <QSqlDatabase>\n"), "include", 2);
        row("HttpServer outside", "core/src/sources/yahoo/a.cpp", code("#include <QHttpServer>\n"), "include", 2);
        row("Network in the coordinator", "core/src/cache/a.cpp", code("#include <QTcpSocket>\n"), "include", 2);
        row("Qt in L1", "core/src/tiers/memorytier.cpp", code("#include <QMutex>\n"), "include", 2);
        row("tier, coordinator", "core/src/sql/a.cpp", code("#include <insitecache/cache/engine.h>\n"), "include", 2);
        row("base, a tier", "core/src/base/a.cpp", code("#include \"sql/store.h\"\n"), "include", 2);
        row("public, private", "core/include/insitecache/base/a.h", header("#include \"sql/store.h\"\n"), "include", 4);
        row("public, Qt", "core/include/insitecache/tiers/a.h", header("#include <QString>\n"), "include", 4);
        row("public, no such", "ui/a.cpp", code("#include <insitecache/base/nothing.h>\n"), "include", 2);
        row("ui, private", "ui/a.cpp", code("#include \"sql/store.h\"\n"), "include", 2);
        row("ui, Sql", "ui/a.cpp", code("#include <QSqlQuery>\n"), "include", 2);
        row("ui, Network", "ui/pages/a.cpp", code("#include <QNetworkReply>\n"), "include", 2);
        row("model, Gui", "ui/models/a.cpp", code("#include <QColor>\n"), "include", 2);
        row("model, widget", "ui/models/a.cpp", code("#include \"mainwindow.h\"\n"), "include", 2);
        row("command line, ui", "app/cli/a.cpp", code("#include \"mainwindow.h\"\n"), "include", 2);
        row("app, private", "app/cli/a.cpp", code("#include \"redis/wire.h\"\n"), "include", 2);
        row("unknown library", "core/src/base/a.cpp", code("#include <boost/asio.hpp>\n"), "include", 2);
        row("missing file", "core/src/base/a.cpp", code("#include \"base/gone.h\"\n"), "include", 2);

        row("dialog", "ui/a.cpp", code("void f()\n{\n    dialog->exec();\n}\n"), "nested-loop", 4);
        row("chart theme", "ui/a.cpp", code("chart->setTheme(x);\n"), "chart-theme", 2);
        row("OpenGL", "ui/a.cpp", code("series->setUseOpenGL(true);\n"), "chart-opengl", 2);
        row("proxy", "ui/a.cpp", code("class A : QSortFilterProxyModel;\n"), "proxy-model", 2);
        row("KEYS", "core/src/redis/a.cpp", code("send(\"KEYS *\");\n"), "redis-scan", 2);
        row("coroutine", "core/src/cache/a.cpp", code("co_await x;\n"), "coroutine", 2);
        row("sleep", "tests/unit/tst_a.cpp", code("QTest::qWait(10);\n"), "sleep", 2);
        row("debug", "ui/a.cpp", code("qDebug(\"here\");\n"), "debug", 2);
        row("using", "core/src/cache/a.cpp", code("using namespace std;\n"), "using", 2);
        row("path", "README.md", QString::fromLatin1("see %1root/x\n").arg(QLatin1Char('/')), "machine-path", 1);

        row("no licence", "core/src/cache/a.cpp", QString::fromLatin1("int a;\n"), "licence", 1);
        row("no guard", "core/src/cache/a.h", code("int a;\n"), "guard", 1);
        row("no manual", "core/include/insitecache/base/a.h", code("#pragma once\n"), "manual", 1);

        row("long file", "core/src/cache/a.cpp", licence + QStringLiteral("\n").repeated(600), "size", 0);
        row("long main", "app/cli/main.cpp", licence + QStringLiteral("\n").repeated(150), "size", 0);
        row("long function", "core/src/cache/a.cpp", licence + functionOf(61), "size", 3);
    }

    void brokenRuleIsFound()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, rule);
        QFETCH(int, line);
        SmallTree tree;
        tree.write(path, text);
        const Findings findings = checkAll(tree.read());
        QCOMPARE(findings.size(), 1u);
        QCOMPARE(findings[0].rule, rule);
        QCOMPARE(findings[0].path, path);
        QCOMPARE(findings[0].line, line);
    }

    void whatIsAllowedIsNotFound_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::newRow("comment") << QStringLiteral("ui/a.cpp") << licence + QStringLiteral("// never dialog->exec()\n");
        QTest::newRow("labels above the licence")
            << QStringLiteral("tests/unit/tst_a.cpp") << QStringLiteral("// labels: tsan\n") + licence;
        QTest::newRow("a file of 600 lines")
            << QStringLiteral("core/src/a.cpp") << licence + QStringLiteral("\n").repeated(599);
        QTest::newRow("a function of 60 lines") << QStringLiteral("core/src/a.cpp") << licence + functionOf(60);
        QTest::newRow("what a build leaves") << QStringLiteral("build/a.cpp") << QStringLiteral("co_await x;\n");
    }

    void whatIsAllowedIsNotFound()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        SmallTree tree;
        tree.write(path, text);
        const Findings findings = checkAll(tree.read());
        QVERIFY2(findings.empty(), findings.empty() ? "" : qPrintable(findings.front().toString()));
    }

    void raceWithoutATestIsFound()
    {
        SmallTree small;
        const auto everyRaceIn = [](SmallTree &tree, const QString &declaration) {
            QString text = licence;
            for (int number = 1; number <= 33; ++number)
                text += declaration.arg(number, 2, 10, QLatin1Char('0'));
            tree.write(QStringLiteral("tests/races/tst_a.cpp"), text);
            return checkRaces(tree.read()).size();
        };
        QCOMPARE(everyRaceIn(small, QStringLiteral("    void race%1_isOne()\n")), 0u);
        QCOMPARE(everyRaceIn(small, QStringLiteral("    // race%1_isNoTest()\n")), 33u);
        small.write(QStringLiteral("tests/unit/tst_b.cpp"), licence + QStringLiteral("    void race07_isOne()\n"));
        QCOMPARE(checkRaces(small.read()).size(), 32u);
    }

    void lengthsOfTheWholeAreFound()
    {
        SmallTree tree;
        for (int i = 0; i < 25; ++i)
            tree.write(QStringLiteral("core/src/cache/a%1.cpp").arg(i), licence + functionOf(i < 10 ? 30 : 5));
        const Findings findings = checkAll(tree.read());
        QCOMPARE(findings.size(), 1u);
        QVERIFY2(findings[0].what.contains(QStringLiteral("90 % of the functions")), qPrintable(findings[0].what));
    }
};

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
