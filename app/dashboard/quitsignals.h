// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace insitecache {

/// SIGINT and SIGTERM end the event loop, so that what was started is stopped in order. Call once, after the
/// application object was made.
void quitOnSignals();

} // namespace insitecache
