// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <insitecache/base/error.h>

namespace insitecache {

/// What a `history` key asks for: `AAPL:1mo:1d` is a month of daily bars of AAPL.
struct HistorySpan {
    QString symbol, range, interval;

    /// Range and interval may be left out (1mo, 1d). The symbol is put in upper case, the others in lower case.
    /// Errors: InvalidArgument (a range or interval that Yahoo does not know, or too many parts).
    static Result<HistorySpan> parse(const QString &identity);
    QString identity() const;
};

} // namespace insitecache
