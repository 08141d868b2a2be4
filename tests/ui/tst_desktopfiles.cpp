// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace {

QString desktopFile(const char *suffix)
{
    return qEnvironmentVariable("INSITECACHE_SOURCE_DIR")
        + QStringLiteral("/resources/desktop/org.insitechart.InsiteCache") + QLatin1String(suffix);
}

} // namespace

/// What the desktop reads about the program, judged by the desktop's own checkers.
class tst_DesktopFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void checkerIsContent_data();
    void checkerIsContent();
    void nameAgreesEverywhere();
};

void tst_DesktopFiles::checkerIsContent_data()
{
    QTest::addColumn<QString>("checker");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("desktop entry") << "desktop-file-validate" << QStringList{desktopFile(".desktop")};
    QTest::newRow("metainfo") << "appstreamcli"
                              << QStringList{QStringLiteral("validate"), QStringLiteral("--no-net"),
                                     desktopFile(".metainfo.xml")};
}

void tst_DesktopFiles::checkerIsContent()
{
    QFETCH(QString, checker);
    QFETCH(QStringList, arguments);
    if (QStandardPaths::findExecutable(checker).isEmpty())
        QSKIP(qPrintable(checker + QStringLiteral(" is not installed: apt-get install desktop-file-utils appstream")));
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(checker, arguments);
    QVERIFY(process.waitForFinished(60'000));
    QVERIFY2(process.exitCode() == 0, process.readAll().constData());
}

void tst_DesktopFiles::nameAgreesEverywhere()
{
    for (const char *suffix : {".desktop", ".metainfo.xml"}) {
        QFile file(desktopFile(suffix));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("org.insitechart.InsiteCache"));
    }
    QFile program(qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/app/dashboard/main.cpp"));
    QVERIFY(program.open(QIODevice::ReadOnly));
    QVERIFY(program.readAll().contains("setDesktopFileName(QStringLiteral(\"org.insitechart.InsiteCache\"))"));
}

QTEST_GUILESS_MAIN(tst_DesktopFiles)
#include "tst_desktopfiles.moc"
