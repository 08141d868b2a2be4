// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <QJsonObject>

#include <insitecache/base/error.h>

#include "cli/exitcode.h"

namespace insitecache {

/// Where a command writes: data on one stream, messages on the other, so that a pipe sees only data. With JSON
/// asked for, human lines are dropped and exactly one document is written.
/// Main thread only.
class Console {
public:
    struct Style {
        bool json = false;
        bool quiet = false;
        bool colour = false; ///< a terminal without NO_COLOR
        int verbose = 0;
    };
    Console(std::FILE *out, std::FILE *messages, Style style) : m_out(out), m_messages(messages), m_style(style) {}

    bool wantsJson() const { return m_style.json; }
    const Style &style() const { return m_style; }

    void document(const QJsonObject &document);
    /// Human output. `text` must be printable already but for what this program wrote itself.
    void line(std::string_view text = {});
    /// Columns as wide as their widest cell (in code points, wide ones as two); numbers of `right` are right-aligned.
    void table(const std::vector<std::vector<std::string>> &rows, const std::vector<bool> &right = {});

    void note(std::string_view text);     ///< with -v
    void warning(std::string_view text);  ///< not with -q
    void complain(std::string_view text); ///< one thing of several that failed
    /// Says the error on one line and, with JSON and no document yet, writes {"error":…}. Returns its exit code.
    ExitCode failure(const Error &error);
    ExitCode failure(const Error &error, ExitCode code);
    ExitCode usage(std::string message, std::string hint);

    std::string bold(std::string_view text) const { return painted("1", text); }
    std::string faint(std::string_view text) const { return painted("2", text); }
    std::string good(std::string_view text) const { return painted("32", text); }
    std::string bad(std::string_view text) const { return painted("31", text); }
    std::string odd(std::string_view text) const { return painted("33", text); }

    /// False when something could not be written (a full disk, a closed pipe).
    bool finish();

private:
    std::string painted(const char *colour, std::string_view text) const;
    void message(std::string_view kind, std::string_view text);

    std::FILE *m_out, *m_messages;
    Style m_style;
    bool m_documentWritten = false;
};

/// How many columns of a terminal the text takes; escape sequences take none.
int displayWidth(std::string_view utf8);

} // namespace insitecache
