// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/exitcode.h"

#include <algorithm>

namespace insitecache {

ExitCode exitCodeFor(const Error &error)
{
    switch (error.code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::TooLarge: return ExitCode::Usage;
    case ErrorCode::Unavailable:
    case ErrorCode::Timeout: return ExitCode::Unreachable;
    case ErrorCode::Refused: return ExitCode::Refused;
    default: return ExitCode::Failed;
    }
}

ExitCode worse(ExitCode a, ExitCode b)
{
    return std::max(a, b);
}

} // namespace insitecache
