// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "finding.h"
#include "sourcetree.h"

namespace insitecache::layering {

/// How long files and functions are, over core, ui and app.
struct Sizes {
    std::vector<int> headers, sources, functions; ///< lines, sorted

    static int quantile(const std::vector<int> &sorted, double q);
    QString toString() const;
};

/// A function's length is the number of lines between its braces. Knows functions by the house format, where a
/// function's opening brace stands alone on its line.
Sizes measureSizes(const SourceTree &tree);

/// No file over 600 lines, no main.cpp over 150, no function over 60; half of the sources within 150 lines and of the
/// headers within 70, nine of ten within 400; half of the functions within 7 lines, nine of ten within 25.
Findings checkSizes(const SourceTree &tree);

} // namespace insitecache::layering
