// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <insitecache/base/clock.h>
#include <insitecache/sources/source.h>

#include "sources/http/transport.h"

namespace insitecache {

/// What one provider still lets us ask: counts of its answers, the quota its headers tell, and until when we keep
/// quiet after a refusal. It sends nothing itself.
/// Cache thread only.
class ProviderAccount {
public:
    /// For freeze(): refused credentials stay refused until the process is given others.
    static constexpr Millis untilRestart = std::chrono::hours(24 * 365);

    ProviderAccount(std::string name, bool configured, const Clock &clock);

    /// Unset: go ahead. Set: do not send; RateLimited (with retryAfterMs), Unauthorized or Unconfigured, or what
    /// freeze() was told. A quota that is used up refuses too, until it begins anew.
    std::optional<Error> refusal() const;

    /// Counts the answer by its class and remembers the last error. Reads `retry-after` (seconds or HTTP-date, capped
    /// at 15 min), the Reddit form (x-ratelimit-*: remaining as float text, reset in seconds to go) and the X form
    /// (x-rate-limit-*: reset as epoch seconds). A 429 without any hint freezes for a minute, doubling to 15 min.
    /// A 401 or 403 freezes nothing by itself, since a login that expired is renewed and a closed subreddit is not
    /// the account's fault: who sent the request knows, and calls freeze(untilRestart, …).
    void answered(const Result<HttpResponse> &answer);

    /// No request before `duration` has passed; refusal() answers with `why` meanwhile.
    void freeze(Millis duration, Error why);

    SourceStatus status() const;

private:
    void countStatus(int status);
    void readQuota(const HttpResponse &response);
    void takeQuota(double left, double total, Millis resetIn);
    Millis freezeAfter429(const HttpResponse &response);
    /// The three numbers of the quota are forgotten once their window has passed.
    bool quotaIsKnown() const;

    const Clock &m_clock;
    SourceStatus m_status;
    std::optional<SteadyTime> m_quotaReset;
    std::optional<SteadyTime> m_frozenUntil;
    std::optional<Error> m_frozenWhy;
    int m_refusedInARow = 0;
};

} // namespace insitecache
