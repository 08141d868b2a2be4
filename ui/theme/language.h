// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace insitecache {

enum class Language { System, English, Korean };

/// "en", "ko" or "system"; anything else is System.
Language languageOf(const QString &code);

/// Installs the translators and the default locale of one language, at run time: widgets see QEvent::LanguageChange.
/// Korean needs a font with Hangul; without one this stays English and returns false. GUI thread.
bool applyLanguage(Language language);
/// The language now shown; never System.
Language shownLanguage();

} // namespace insitecache
