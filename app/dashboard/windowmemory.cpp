// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/windowmemory.h"

#include <QSettings>
#include <QUrl>

#include <algorithm>
#include <cstdio>

#include "settings/xdgpaths.h"

namespace insitecache {

namespace {

QString memoryGroup(const std::string &profile)
{
    // A slash in a profile's name would make a group inside a group.
    return profile.empty()
        ? QStringLiteral("window")
        : QStringLiteral("window-") + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(profile)));
}

int memoryChoice(const QSettings &file, const QString &name)
{
    return std::clamp(file.value(name, 0).toInt(), 0, 2);
}

} // namespace

// A picture of the window is the same on every machine, so it neither reads nor writes what was left behind.
WindowMemory::WindowMemory(const Settings &settings) : m_settings(settings)
{
    const std::string folder = XdgPaths::from(Settings::processEnvironment()).config;
    if (!settings.dashboard.screenshot.empty() || folder.empty())
        return;
    if (const Status made = makePrivateDirectory(folder); !made) {
        std::fprintf(
            stderr, "insitecache-dashboard: the layout is not remembered: %s\n", made.error().toString().c_str());
        return;
    }
    m_file = std::make_unique<QSettings>(
        QString::fromStdString(folder) + QStringLiteral("/window.ini"), QSettings::IniFormat);
    m_file->beginGroup(memoryGroup(settings.profile));
}

WindowMemory::~WindowMemory() = default;

bool WindowMemory::isChosen(const char *name) const
{
    return std::any_of(m_settings.effective.begin(), m_settings.effective.end(),
        [name](const EffectiveValue &value) { return value.name == name && value.origin != "default"; });
}

void WindowMemory::recall(MainWindow &window) const
{
    if (!m_file)
        return;
    window.restoreLayout(*m_file);
    if (isChosen("range"))
        window.setRange(m_settings.dashboard.range);
    if (!isChosen("theme"))
        window.setThemeChoice(static_cast<ThemeChoice>(memoryChoice(*m_file, QStringLiteral("theme"))));
    if (!isChosen("lang"))
        window.setLanguageChoice(static_cast<Language>(memoryChoice(*m_file, QStringLiteral("language"))));
}

void WindowMemory::keep(const MainWindow &window)
{
    if (!m_file)
        return;
    window.saveLayout(*m_file);
    if (!isChosen("theme"))
        m_file->setValue(QStringLiteral("theme"), static_cast<int>(window.themeChoice()));
    if (!isChosen("lang"))
        m_file->setValue(QStringLiteral("language"), static_cast<int>(window.languageChoice()));
}

} // namespace insitecache
