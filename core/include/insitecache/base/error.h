// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace insitecache {

/// Why something did not work. A plain miss is not an error: it is an Outcome of a lookup.
/// The codes are stable words: they appear in `--json` output and in metrics.
enum class ErrorCode {
    InvalidArgument, ///< the caller's input is wrong; repeating it cannot help
    NotFound,        ///< the upstream says that the thing does not exist (cached briefly as a negative entry)
    Unavailable,     ///< nobody answers at the other end (refused, closed, not started)
    Timeout,         ///< the deadline passed; the outcome at the other end is unknown
    RateLimited,     ///< the upstream refuses for now; see Error::retryAfterMs
    Unauthorized,    ///< credentials are missing or refused
    Redirected,      ///< the upstream points to another host, which is never followed
    TooLarge,        ///< a key, body or value is over its limit
    Corrupt,         ///< stored bytes do not pass their checksum or do not decode
    BadResponse,     ///< the upstream's body is not what its contract says
    UpstreamError,   ///< the upstream failed (5xx)
    Refused,         ///< this process may not do that (read-only profile, missing --force)
    Io,              ///< a file or database could not be read or written
    Unconfigured,    ///< no source, tier or credential has been set up for this
    Cancelled,       ///< shutdown or the caller gave up
    Internal,        ///< a broken invariant: please report it
};

/// "invalid-argument", "not-found", … : the spelling used in JSON and metrics.
std::string_view errorCodeName(ErrorCode code);

/// A failure as a value: what happened, and what the reader can do next.
/// Both texts are one line of UTF-8, and never contain a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;         ///< the cause, e.g. "Redis unix:/run/r.sock does not answer (connection refused)"
    std::string hint{};          ///< the next step, may be empty
    long long retryAfterMs = -1; ///< for RateLimited: how long the upstream asks to wait, -1 when it did not say

    /// "message; hint" on one line.
    std::string toString() const;
};

/// Exceptions do not cross a room: everything that can fail returns this.
template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

} // namespace insitecache
