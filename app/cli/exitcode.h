// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <insitecache/base/error.h>

namespace insitecache {

/// How the program ends. Scripts depend on the numbers.
enum class ExitCode {
    Ok = 0,
    Failed = 1,
    Usage = 2,
    ObjectiveBreached = 3, ///< an objective (hit ratio, latency, memory) is not met
    Unreachable = 4,       ///< a named tier or source cannot be reached
    Refused = 5,           ///< this process may not change anything
};

/// InvalidArgument and TooLarge are the caller's input, Unavailable and Timeout somebody who cannot be reached.
ExitCode exitCodeFor(const Error &error);

/// Of several outcomes the one that a script must know first: unreachable before failed before ok.
ExitCode worse(ExitCode a, ExitCode b);

} // namespace insitecache
