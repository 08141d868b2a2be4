// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/language.h"

#include "theme/fonts.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>
#include <vector>

namespace insitecache {

namespace {

/// Owned here and not by the application, so that they can be taken away again.
struct LanguageTranslators {
    std::vector<std::unique_ptr<QTranslator>> installed;
    Language shown = Language::English;

    void clear()
    {
        for (const auto &translator : installed)
            QCoreApplication::removeTranslator(translator.get());
        installed.clear();
    }
    void add(const QString &name, const QString &folder)
    {
        auto translator = std::make_unique<QTranslator>();
        if (!translator->load(name, folder))
            return;
        QCoreApplication::installTranslator(translator.get());
        installed.push_back(std::move(translator));
    }
};

LanguageTranslators &languageTranslators()
{
    static LanguageTranslators translators;
    return translators;
}

Language systemLanguage()
{
    return QLocale::system().language() == QLocale::Korean ? Language::Korean : Language::English;
}

} // namespace

Language languageOf(const QString &code)
{
    if (code == QLatin1String("ko"))
        return Language::Korean;
    return code == QLatin1String("en") ? Language::English : Language::System;
}

bool applyLanguage(Language language)
{
    const Language asked = language == Language::System ? systemLanguage() : language;
    const Language shown = asked == Language::Korean && canShowKorean() ? Language::Korean : Language::English;
    LanguageTranslators &translators = languageTranslators();
    translators.clear();
    translators.shown = shown;
    QLocale::setDefault(shown == Language::Korean ? QLocale(QLocale::Korean, QLocale::SouthKorea)
                                                  : QLocale(QLocale::English, QLocale::UnitedStates));
    if (shown == Language::Korean) {
        translators.add(QStringLiteral("qtbase_ko"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
        translators.add(QStringLiteral("insitecache_ko"), QStringLiteral(":/i18n"));
    } else {
        translators.add(QStringLiteral("insitecache_en"), QStringLiteral(":/i18n"));
    }
    return shown == asked;
}

Language shownLanguage()
{
    return languageTranslators().shown;
}

} // namespace insitecache
