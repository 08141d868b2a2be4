// SPDX-License-Identifier: GPL-3.0-or-later
#include <insitecache/base/error.h>

namespace insitecache {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return "invalid-argument";
    case ErrorCode::NotFound: return "not-found";
    case ErrorCode::Unavailable: return "unavailable";
    case ErrorCode::Timeout: return "timeout";
    case ErrorCode::RateLimited: return "rate-limited";
    case ErrorCode::Unauthorized: return "unauthorized";
    case ErrorCode::Redirected: return "redirected";
    case ErrorCode::TooLarge: return "too-large";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::BadResponse: return "bad-response";
    case ErrorCode::UpstreamError: return "upstream-error";
    case ErrorCode::Refused: return "refused";
    case ErrorCode::Io: return "io";
    case ErrorCode::Unconfigured: return "unconfigured";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Internal: return "internal";
    }
    return "internal";
}

std::string Error::toString() const
{
    return hint.empty() ? message : message + "; " + hint;
}

} // namespace insitecache
