// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace insitecache {

/// Lets assistive tools see every TimeChart as a chart with name and description instead of a nameless filler.
/// Safe to call more than once. GUI thread.
void installAccessibleCharts();

} // namespace insitecache
