// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/printable.h"

#include <QChar>
#include <QList>
#include <QString>

namespace insitecache {

namespace {

constexpr qsizetype printableQuoteLimit = 80;

bool printableIsHarmless(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph: return false;
    default: return true;
    }
}

QString printableText(const QString &text)
{
    QString out;
    for (const char32_t c : text.toUcs4()) {
        if (printableIsHarmless(c))
            out += QString::fromUcs4(&c, 1);
        else if (c < 0x100)
            out += QStringLiteral("\\x%1").arg(static_cast<uint>(c), 2, 16, QLatin1Char('0'));
        else
            out += QStringLiteral("\\u{%1}").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0'));
    }
    return out;
}

} // namespace

std::string printable(std::string_view text)
{
    return printableText(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))).toStdString();
}

std::string inQuotes(std::string_view text)
{
    QString shown = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (shown.size() > printableQuoteLimit)
        shown = shown.left(printableQuoteLimit) + QChar(0x2026);
    return '\'' + printableText(shown).toStdString() + '\'';
}

} // namespace insitecache
