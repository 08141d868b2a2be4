// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <future>

#include <QApplication>
#include <QCborMap>
#include <QDir>
#include <QInputMethodEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QWidget>

#include <insitecache/monitor/monitor.h>
#include <insitecache/sources/values.h>

#include "support/scriptedsource.h"
#include "theme/fonts.h"
#include "theme/language.h"
#include "theme/theme.h"

namespace insitecache::test {

inline CacheKey cacheKey(const QString &text)
{
    return CacheKey::parse(text.toStdString()).value();
}

/// Our fonts, light, English: what every test of a page starts from.
inline void wearTheUsualLook()
{
    applyFonts();
    applyTheme(ThemeChoice::Light);
    applyLanguage(Language::English);
}

inline std::string cborOf(const QCborValue &value)
{
    return value.toCbor().toStdString();
}

/// A real cache, L1 over SQLite, whose upstream says what a test wrote down; for pages and panels.
class PageRig {
public:
    explicit PageRig(std::map<std::string, Result<std::string>> answers, bool readOnly = false)
    {
        EngineOptions options;
        options.sources.push_back([this, answers]() -> Result<std::unique_ptr<Source>> {
            auto source = std::make_unique<ScriptedSource>();
            m_source = source.get();
            source->types.insert("history");
            source->answers = answers;
            return source;
        });
        DatabaseTierOptions database;
        database.url = "sqlite:" + m_dir.filePath(QStringLiteral("cache.db")).toStdString();
        options.database = database;
        options.readOnly = readOnly;
        m_engine = std::move(Engine::start(options).value());
        m_monitor = std::make_unique<Monitor>(*m_engine);
    }

    Engine &engine() { return *m_engine; }
    Monitor &monitor() { return *m_monitor; }
    /// What the tiers hold now, as "stock:AAPL L1 L3".
    QStringList held()
    {
        QStringList rows;
        const EntryPage page = m_monitor->entries({}).result();
        for (const EntryRow &row : page.rows) {
            QString text = QString::fromStdString(row.key.text());
            for (int i = 0; i < tierCount; ++i)
                text += row.tiers[i].present ? QStringLiteral(" L%1").arg(i + 1) : QString();
            rows += text;
        }
        return rows;
    }
    void load(const QStringList &keys)
    {
        std::vector<CacheKey> wanted;
        for (const QString &key : keys)
            wanted.push_back(cacheKey(key));
        m_monitor->lookup(wanted).waitForFinished();
    }

    /// Changes the upstream, on its own thread.
    void withSource(std::function<void(ScriptedSource &)> change)
    {
        std::promise<void> done;
        m_engine->post([&](TieredCache &) {
            change(*m_source);
            done.set_value();
        });
        done.get_future().wait();
    }

private:
    QTemporaryDir m_dir;
    ScriptedSource *m_source = nullptr;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<Monitor> m_monitor;
};

/// Types as a person does: what is on no key comes from the input method.
inline void typeText(QWidget &target, const QString &text)
{
    for (const QChar c : text) {
        if (c.unicode() < 128) {
            QTest::keyClick(&target, c.toLatin1());
            continue;
        }
        QInputMethodEvent composing(QString(c), {});
        QCoreApplication::sendEvent(&target, &composing);
        QInputMethodEvent commit;
        commit.setCommitString(QString(c));
        QCoreApplication::sendEvent(&target, &commit);
    }
}

/// Saves a picture for somebody to look at, where INSITECACHE_SCREENSHOTS names a folder.
inline void keepPicture(QWidget &window, const QString &name)
{
    const QString folder = qEnvironmentVariable("INSITECACHE_SCREENSHOTS");
    if (!folder.isEmpty())
        window.grab().save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

/// The same widget in both languages and both themes.
template <class Check>
void inEveryLook(QWidget &window, const QString &name, Check check)
{
    for (const Language language : {Language::English, Language::Korean}) {
        for (const ThemeChoice theme : {ThemeChoice::Light, ThemeChoice::Dark}) {
            applyTheme(theme);
            applyLanguage(language);
            // Texts change layouts, and those the layouts around them.
            for (int i = 0; i < 3; ++i)
                QApplication::processEvents();
            keepPicture(window,
                QStringLiteral("%1-%2-%3")
                    .arg(name, language == Language::Korean ? QStringLiteral("ko") : QStringLiteral("en"),
                        theme == ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light")));
            check();
        }
    }
    applyTheme(ThemeChoice::Light);
    applyLanguage(Language::English);
    QApplication::processEvents();
}

} // namespace insitecache::test
