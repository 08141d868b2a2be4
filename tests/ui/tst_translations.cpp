// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace {

QString sourceFolder()
{
    return qEnvironmentVariable("INSITECACHE_SOURCE_DIR");
}

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

struct Message {
    QString context, source, translation;
    bool unfinished = false;
};

QList<Message> messagesOf(const QString &path)
{
    QFile file(path);
    QList<Message> messages;
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("source")) {
            messages.append({context, xml.readElementText(), {}, false});
        } else if (xml.name() == QLatin1String("translation") && !messages.isEmpty()) {
            messages.last().unfinished = xml.attributes().hasAttribute(QLatin1String("type"));
            messages.last().translation = xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return messages;
}

QStringList placeholdersOf(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("%(?:L?\\d+|n)"));
    QStringList found;
    for (auto it = placeholder.globalMatch(text); it.hasNext();)
        found << it.next().captured();
    found.sort();
    return found;
}

QStringList sourcesUnder(const QStringList &folders)
{
    QStringList files;
    for (const QString &folder : folders) {
        QDirIterator it(QDir(sourceFolder()).filePath(folder), {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
            QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            files << it.next();
    }
    return files;
}

QString translationFile(const char *language)
{
    return sourceFolder() + QStringLiteral("/resources/translations/insitecache_%1.ts").arg(QLatin1String(language));
}

QString koreanFile()
{
    return translationFile("ko");
}

} // namespace

class tst_Translations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void koreanIsComplete();
    void englishPluralsAreComplete();
    void everyTextOfTheProgramIsInTheFile();
    void placeholdersSurviveTranslation();
    void noParticleFollowsAVariable();
    void nothingBlocksOrThrowsPensAway_data();
    void nothingBlocksOrThrowsPensAway();
};

void tst_Translations::initTestCase()
{
    QVERIFY2(QFile::exists(koreanFile()), "set INSITECACHE_SOURCE_DIR to the source folder");
}

void tst_Translations::koreanIsComplete()
{
    const QList<Message> messages = messagesOf(koreanFile());
    QVERIFY(messages.size() > 150);
    for (const Message &message : messages)
        QVERIFY2(!message.unfinished && !message.translation.isEmpty(),
            qPrintable(message.context + QStringLiteral(": ") + message.source));
}

// English texts stand in the source; only "%n key(s)" needs a file.
void tst_Translations::englishPluralsAreComplete()
{
    QVERIFY(QFile::exists(translationFile("en")));
    for (const Message &message : messagesOf(translationFile("en")))
        QVERIFY2(!message.unfinished && !message.translation.isEmpty(), qPrintable(message.source));
}

void tst_Translations::everyTextOfTheProgramIsInTheFile()
{
    const QString lupdate = QLibraryInfo::path(QLibraryInfo::BinariesPath) + QStringLiteral("/lupdate");
    if (!QFile::exists(lupdate))
        QSKIP("lupdate is not installed: apt-get install qt6-l10n-tools");
    QTemporaryDir folder;
    const QString copy = folder.filePath(QStringLiteral("insitecache_ko.ts"));
    QVERIFY(QFile::copy(koreanFile(), copy));
    QProcess process;
    QStringList arguments{QStringLiteral("-no-obsolete"), QStringLiteral("-locations"), QStringLiteral("none")};
    // It finds the classes' namespaces in the headers.
    for (const char *include : {"ui", "app", "core/include"})
        arguments << QStringLiteral("-I") << QDir(sourceFolder()).filePath(QLatin1String(include));
    arguments << sourcesUnder({QStringLiteral("ui"), QStringLiteral("app/dashboard")});
    process.start(lupdate, arguments << QStringLiteral("-ts") << copy);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    for (const Message &message : messagesOf(copy))
        QVERIFY2(!message.unfinished, qPrintable(message.context + QStringLiteral(": ") + message.source));
}

void tst_Translations::placeholdersSurviveTranslation()
{
    for (const Message &message : messagesOf(koreanFile()))
        QVERIFY2(
            placeholdersOf(message.source) == placeholdersOf(message.translation), qPrintable(message.translation));
}

// Which particle is right depends on the word before it, so no translation puts one after a variable.
void tst_Translations::noParticleFollowsAVariable()
{
    static const QRegularExpression particle(
        QStringLiteral("%L?\\d+[”\"]?(?:은|는|이|가|을|를|와|과|으로|로)(?:[ .,]|$)"));
    for (const Message &message : messagesOf(koreanFile()))
        QVERIFY2(!particle.match(message.translation).hasMatch(), qPrintable(message.translation));
}

void tst_Translations::nothingBlocksOrThrowsPensAway_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::newRow("a nested event loop")
        << "(?:->|\\.)exec\\(\\)|QMessageBox::(?:question|warning|information|critical|about)\\(";
    QTest::newRow("a chart theme") << "setTheme\\(QChart|chart\\(\\)->setTheme";
    QTest::newRow("OpenGL") << "setUseOpenGL|QOpenGL";
    QTest::newRow("a static file dialog") << "QFileDialog::get";
    QTest::newRow("a wait on the GUI thread") << "waitForFinished|processEvents\\(";
}

void tst_Translations::nothingBlocksOrThrowsPensAway()
{
    QFETCH(QString, pattern);
    const QRegularExpression forbidden(pattern);
    const QStringList files = sourcesUnder({QStringLiteral("ui"), QStringLiteral("app/dashboard")});
    QVERIFY(files.size() > 40);
    for (const QString &file : files)
        QVERIFY2(!forbidden.match(textOf(file)).hasMatch(), qPrintable(file));
}

QTEST_GUILESS_MAIN(tst_Translations)
#include "tst_translations.moc"
