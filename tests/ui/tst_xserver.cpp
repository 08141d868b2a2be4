// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// An X server in memory, ended with this object.
class XServer {
public:
    bool start(const QString &program)
    {
        m_process.start(program,
            {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"),
                QStringLiteral("1920x1080x24"), QStringLiteral("-nolisten"), QStringLiteral("tcp")});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(30'000))
                return false;
        }
        m_display = QLatin1Char(':') + QString::fromLatin1(m_process.readLine().trimmed());
        return true;
    }
    ~XServer()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
    }
    const QString &display() const { return m_display; }

private:
    QProcess m_process;
    QString m_display;
};

std::set<QRgb> coloursOf(const QImage &image)
{
    std::set<QRgb> out;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2)
            out.insert(image.pixel(x, y));
    }
    return out;
}

QString sourceFile(const char *name)
{
    return qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QLatin1Char('/') + QString::fromLatin1(name);
}

} // namespace

/// The programs as a person starts them: once on a real X server, and once where there is none.
class TestXServer : public QObject {
    Q_OBJECT

    /// Ended, with this exit code. Says on failure what it printed.
    static bool endsWith(QProcess &process, int code)
    {
        const bool finished = process.waitForFinished(60'000);
        if (finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == code)
            return true;
        qWarning("%s: exit %d\n%s", qPrintable(process.program()), process.exitCode(),
            process.readAllStandardError().constData());
        return false;
    }

private Q_SLOTS:
    void dashboardDrawsOnX()
    {
        const QString program = QStandardPaths::findExecutable(QStringLiteral("Xvfb"));
        if (program.isEmpty())
            QSKIP("Xvfb is not installed (package xvfb)");
        XServer server;
        QVERIFY2(server.start(program), "Xvfb does not start");
        QTemporaryDir folder;
        const QString picture = folder.filePath(QStringLiteral("window.png"));
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("DISPLAY"), server.display());
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        // What X libraries and drivers keep is theirs.
        environment.insert(QStringLiteral("ASAN_OPTIONS"), QStringLiteral("detect_leaks=0"));
        QProcess dashboard;
        dashboard.setProcessEnvironment(environment);
        dashboard.start(qEnvironmentVariable("INSITECACHE_BINARY_DIR") + QStringLiteral("/app/insitecache-dashboard"),
            {QStringLiteral("--demo"), QStringLiteral("--database"), QStringLiteral("none"),
                QStringLiteral("--workload"), QStringLiteral("rate=100"), QStringLiteral("--screenshot"), picture,
                QStringLiteral("--after"), QStringLiteral("4s")});
        QVERIFY(endsWith(dashboard, 0));
        const QImage image(picture);
        QVERIFY2(image.width() >= 1000 && image.height() >= 600,
            qPrintable(QStringLiteral("%1 × %2").arg(image.width()).arg(image.height())));
        // Text is antialiased, so even a window without charts has many; an unpainted one has few.
        QVERIFY2(coloursOf(image).size() > 50, "the window is nearly empty");
    }

    void runWithoutADisplaySaysWhatToDo()
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromLatin1(name));
        QProcess run;
        run.setProcessEnvironment(environment);
        run.start(sourceFile("run"), {});
        QVERIFY(endsWith(run, 2));
        const QByteArray said = run.readAllStandardError();
        QVERIFY2(said.contains("There is no display") && said.contains("xvfb-run"), said.constData());
    }
};

QTEST_GUILESS_MAIN(TestXServer)
#include "tst_xserver.moc"
