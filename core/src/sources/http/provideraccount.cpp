// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/http/provideraccount.h"

#include <algorithm>
#include <cmath>

#include "sources/http/httpdate.h"

namespace insitecache {

namespace {

constexpr Millis firstFreeze = std::chrono::minutes(1);
constexpr Millis longestFreeze = std::chrono::minutes(15);
constexpr Millis longestQuotaWindow = std::chrono::hours(24);

std::optional<double> headerNumber(const HttpResponse &response, const QByteArray &name)
{
    bool ok = false;
    const double number = response.header(name).trimmed().toDouble(&ok);
    return ok && std::isfinite(number) && number >= 0 ? std::optional(number) : std::nullopt;
}

/// The provider's own clock where it tells it: then a machine with a wrong clock still waits the right time.
long long providerWallMs(const HttpResponse &response, const Clock &clock)
{
    const auto date = parseHttpDate(response.header("date"));
    return date ? date->toMSecsSinceEpoch() : clock.wall().time_since_epoch().count();
}

Millis secondsToWait(double seconds, Millis longest)
{
    const double capped = std::clamp(seconds, 1.0, std::chrono::duration<double>(longest).count());
    return Millis(static_cast<long long>(capped * 1000));
}

std::optional<Millis> retryAfter(const HttpResponse &response, const Clock &clock)
{
    if (const auto seconds = headerNumber(response, "retry-after"))
        return secondsToWait(*seconds, longestFreeze);
    const auto date = parseHttpDate(response.header("retry-after"));
    if (!date)
        return std::nullopt;
    const long long ahead = date->toMSecsSinceEpoch() - providerWallMs(response, clock);
    return secondsToWait(static_cast<double>(ahead) / 1000, longestFreeze);
}

std::string secondsText(Millis duration)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(duration).count()) + " s";
}

} // namespace

ProviderAccount::ProviderAccount(std::string name, bool configured, const Clock &clock) : m_clock(clock)
{
    m_status.name = std::move(name);
    m_status.configured = configured;
}

std::optional<Error> ProviderAccount::refusal() const
{
    if (!m_status.configured)
        return Error{ErrorCode::Unconfigured, "no credentials for " + m_status.name + " are set up",
            "give its credentials in the settings or by environment"};
    const SteadyTime now = m_clock.now();
    if (m_frozenUntil && *m_frozenUntil > now) {
        Error why = *m_frozenWhy;
        if (why.code == ErrorCode::RateLimited || why.code == ErrorCode::UpstreamError)
            why.retryAfterMs = toMillis(*m_frozenUntil - now);
        return why;
    }
    if (!quotaIsKnown() || m_status.callsLeft > 0)
        return std::nullopt;
    const Millis left(toMillis(*m_quotaReset - now));
    return Error{ErrorCode::RateLimited, "the quota of " + m_status.name + " is used up",
        "it begins anew in " + secondsText(left), left.count()};
}

void ProviderAccount::answered(const Result<HttpResponse> &answer)
{
    ++m_status.requests;
    if (!answer) {
        const Error &error = answer.error();
        if (error.code == ErrorCode::NotFound)
            ++m_status.clientErrors;
        else if (error.code != ErrorCode::Cancelled)
            ++m_status.networkErrors;
        m_status.lastError = error.message;
        return;
    }
    countStatus(answer->status);
    readQuota(*answer);
    if (answer->status != 429)
        m_refusedInARow = 0;
    const std::string says = m_status.name + " answers HTTP " + std::to_string(answer->status);
    if (answer->status == 429) {
        const Millis wait = freezeAfter429(*answer);
        freeze(wait, Error{ErrorCode::RateLimited, says + " (too many requests)", "waiting " + secondsText(wait)});
    } else if (const auto wait = retryAfter(*answer, m_clock); wait && answer->status == 503) {
        freeze(*wait, Error{ErrorCode::UpstreamError, says + " (out of service)", "waiting " + secondsText(*wait)});
    }
}

void ProviderAccount::countStatus(int status)
{
    if (status >= 200 && status < 300)
        ++m_status.ok;
    else if (status == 429)
        ++m_status.rateLimited;
    else
        ++(status >= 500 ? m_status.serverErrors : m_status.clientErrors);
    // A 404 speaks about the thing asked for, not about the provider.
    const bool fine = status < 300 || status == 404;
    m_status.lastError = fine ? std::string() : "HTTP " + std::to_string(status);
}

void ProviderAccount::readQuota(const HttpResponse &response)
{
    if (const auto left = headerNumber(response, "x-ratelimit-remaining")) {
        const double used = headerNumber(response, "x-ratelimit-used").value_or(0);
        const double seconds = headerNumber(response, "x-ratelimit-reset").value_or(0);
        return takeQuota(*left, *left + used, secondsToWait(seconds, longestQuotaWindow));
    }
    const auto left = headerNumber(response, "x-rate-limit-remaining");
    const auto reset = headerNumber(response, "x-rate-limit-reset");
    if (!left || !reset)
        return;
    const double total = headerNumber(response, "x-rate-limit-limit").value_or(0);
    const double seconds = *reset - static_cast<double>(providerWallMs(response, m_clock)) / 1000;
    takeQuota(*left, total, secondsToWait(seconds, longestQuotaWindow));
}

void ProviderAccount::takeQuota(double left, double total, Millis resetIn)
{
    m_status.callsLeft = static_cast<long long>(std::min(left, 1e15));
    m_status.quotaRemaining.reset();
    if (total > 0)
        m_status.quotaRemaining = std::min(1.0, left / total);
    m_quotaReset = m_clock.now() + resetIn;
}

Millis ProviderAccount::freezeAfter429(const HttpResponse &response)
{
    const int refusedBefore = std::min(m_refusedInARow++, 8);
    if (const auto wait = retryAfter(response, m_clock))
        return *wait;
    const bool usedUp = quotaIsKnown() && m_status.callsLeft == 0;
    if (usedUp)
        return std::min(Millis(toMillis(*m_quotaReset - m_clock.now())), longestFreeze);
    return std::min(firstFreeze * (1 << refusedBefore), longestFreeze);
}

void ProviderAccount::freeze(Millis duration, Error why)
{
    m_frozenUntil = m_clock.now() + std::clamp(duration, Millis(0), untilRestart);
    m_frozenWhy = std::move(why);
    m_status.lastError = m_frozenWhy->message;
}

bool ProviderAccount::quotaIsKnown() const
{
    return m_quotaReset && *m_quotaReset > m_clock.now();
}

SourceStatus ProviderAccount::status() const
{
    SourceStatus status = m_status;
    const SteadyTime now = m_clock.now();
    if (quotaIsKnown()) {
        status.quotaResetIn = Millis(toMillis(*m_quotaReset - now));
    } else {
        status.callsLeft.reset();
        status.quotaRemaining.reset();
    }
    if (m_frozenUntil && *m_frozenUntil > now)
        status.frozenFor = Millis(toMillis(*m_frozenUntil - now));
    return status;
}

} // namespace insitecache
