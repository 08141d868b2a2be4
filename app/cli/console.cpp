// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console.h"

#include <algorithm>

#include <QJsonDocument>
#include <QList>
#include <QString>

#include "cli/jsonlookup.h"
#include "settings/printable.h"

namespace insitecache {

namespace {

constexpr int consoleColumnGap = 2;

/// Hangul, kana, CJK and full-width forms take two columns (Unicode UAX #11, the blocks that symbols and names use).
bool isWide(char32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0x1F300 && c <= 0x1FAFF);
}

std::string padded(const std::string &cell, int width, bool right, bool last)
{
    const std::string gap(static_cast<std::size_t>(std::max(0, width - displayWidth(cell))), ' ');
    if (right)
        return gap + cell;
    return last ? cell : cell + gap;
}

} // namespace

int displayWidth(std::string_view utf8)
{
    int width = 0;
    bool inEscape = false;
    for (const char32_t c : QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).toUcs4()) {
        if (inEscape)
            inEscape = c != U'm';
        else if (c == 0x1B)
            inEscape = true;
        else
            width += isWide(c) ? 2 : 1;
    }
    return width;
}

void Console::document(const QJsonObject &document)
{
    const QByteArray text = QJsonDocument(document).toJson(QJsonDocument::Compact);
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), m_out);
    std::fputc('\n', m_out);
    m_documentWritten = true;
}

void Console::line(std::string_view text)
{
    if (m_style.json)
        return;
    std::fwrite(text.data(), 1, text.size(), m_out);
    std::fputc('\n', m_out);
}

void Console::table(const std::vector<std::vector<std::string>> &rows, const std::vector<bool> &right)
{
    std::vector<int> widths;
    for (const auto &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[i]));
    }
    for (const auto &row : rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += i ? std::string(consoleColumnGap, ' ') : std::string();
            text += padded(row[i], widths[i], i < right.size() && right[i], i + 1 == row.size());
        }
        line(text);
    }
}

void Console::note(std::string_view text)
{
    if (m_style.verbose > 0 && !m_style.quiet)
        message("note", text);
}

void Console::warning(std::string_view text)
{
    if (!m_style.quiet)
        message("warning", text);
}

void Console::complain(std::string_view text)
{
    message("error", text);
}

ExitCode Console::failure(const Error &error)
{
    return failure(error, exitCodeFor(error));
}

ExitCode Console::failure(const Error &error, ExitCode code)
{
    complain(error.toString());
    if (m_style.json && !m_documentWritten)
        document({{QStringLiteral("error"), errorJson(error)}});
    return code;
}

ExitCode Console::usage(std::string text, std::string hint)
{
    return failure({ErrorCode::InvalidArgument, std::move(text), std::move(hint)}, ExitCode::Usage);
}

bool Console::finish()
{
    return std::fflush(m_out) == 0 && std::ferror(m_out) == 0;
}

std::string Console::painted(const char *colour, std::string_view text) const
{
    return m_style.colour ? "\x1b[" + std::string(colour) + 'm' + std::string(text) + "\x1b[0m" : std::string(text);
}

void Console::message(std::string_view kind, std::string_view text)
{
    std::fflush(m_out);
    const std::string whole = "insitecache: " + std::string(kind) + ": " + printable(text) + '\n';
    std::fwrite(whole.data(), 1, whole.size(), m_messages);
    std::fflush(m_messages);
}

} // namespace insitecache
