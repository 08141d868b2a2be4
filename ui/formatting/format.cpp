// SPDX-License-Identifier: GPL-3.0-or-later
#include "formatting/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace insitecache::format {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Only a name for the translator's context.
class FormatWords {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString formatNumber(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

const QString &formatUnknown()
{
    static const QString dash = QStringLiteral("–");
    return dash;
}

QString twoDigits(long long value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

const char *formatCause(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument: return QT_TRANSLATE_NOOP("Format", "Wrong input");
    case ErrorCode::NotFound: return QT_TRANSLATE_NOOP("Format", "Not found");
    case ErrorCode::Unavailable: return QT_TRANSLATE_NOOP("Format", "Not reachable");
    case ErrorCode::Timeout: return QT_TRANSLATE_NOOP("Format", "Timed out");
    case ErrorCode::RateLimited: return QT_TRANSLATE_NOOP("Format", "Rate limited");
    case ErrorCode::Unauthorized: return QT_TRANSLATE_NOOP("Format", "Not authorized");
    case ErrorCode::Redirected: return QT_TRANSLATE_NOOP("Format", "Redirected elsewhere");
    case ErrorCode::TooLarge: return QT_TRANSLATE_NOOP("Format", "Too large");
    case ErrorCode::Corrupt: return QT_TRANSLATE_NOOP("Format", "Corrupt data");
    case ErrorCode::BadResponse: return QT_TRANSLATE_NOOP("Format", "Unexpected answer");
    case ErrorCode::UpstreamError: return QT_TRANSLATE_NOOP("Format", "Upstream failed");
    case ErrorCode::Refused: return QT_TRANSLATE_NOOP("Format", "Refused");
    case ErrorCode::Io: return QT_TRANSLATE_NOOP("Format", "File or database error");
    case ErrorCode::Unconfigured: return QT_TRANSLATE_NOOP("Format", "Not set up");
    case ErrorCode::Cancelled: return QT_TRANSLATE_NOOP("Format", "Cancelled");
    case ErrorCode::Internal: break;
    }
    return QT_TRANSLATE_NOOP("Format", "Internal error");
}

const char *formatOutcome(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Hit: return QT_TRANSLATE_NOOP("Format", "hit");
    case Outcome::Miss: return QT_TRANSLATE_NOOP("Format", "miss");
    case Outcome::Stale: return QT_TRANSLATE_NOOP("Format", "stale");
    case Outcome::Negative: return QT_TRANSLATE_NOOP("Format", "negative (404)");
    case Outcome::Corrupt: return QT_TRANSLATE_NOOP("Format", "corrupt");
    case Outcome::Bypass: return QT_TRANSLATE_NOOP("Format", "bypassed");
    case Outcome::Skipped: return QT_TRANSLATE_NOOP("Format", "skipped");
    case Outcome::Timeout: return QT_TRANSLATE_NOOP("Format", "timeout");
    case Outcome::Open: return QT_TRANSLATE_NOOP("Format", "circuit open");
    case Outcome::Error: break;
    }
    return QT_TRANSLATE_NOOP("Format", "error");
}

} // namespace

QString count(quint64 n)
{
    return QLocale().toString(n);
}

QString percent(double ratio)
{
    if (ratio > 0 && ratio < 0.0005)
        return QStringLiteral("<") + formatNumber(0.1, 1) + QLatin1Char('%');
    return std::isfinite(ratio) ? formatNumber(ratio * 100.0, 1) + QLatin1Char('%') : formatUnknown();
}

QString millis(double ms)
{
    if (!std::isfinite(ms) || ms < 0)
        return formatUnknown();
    if (ms == 0)
        return FormatWords::tr("0 ms");
    if (ms < 0.01)
        return FormatWords::tr("<0.01 ms");
    if (ms < 999.5)
        return FormatWords::tr("%1 ms").arg(formatNumber(ms, ms < 0.995 ? 2 : ms < 99.95 ? 1 : 0));
    if (ms < 59'950)
        return FormatWords::tr("%1 s", "seconds, abbreviated").arg(formatNumber(ms / 1000.0, 1));
    return duration(Millis(std::llround(ms)));
}

QString bytes(quint64 bytes)
{
    static constexpr const char *units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    if (bytes < 1024)
        return FormatWords::tr("%1 B", "bytes, abbreviated").arg(count(bytes));
    double value = static_cast<double>(bytes) / 1024.0;
    std::size_t unit = 0;
    while (value >= 1023.5 && unit + 1 < std::size(units)) {
        value /= 1024.0;
        ++unit;
    }
    return formatNumber(value, value < 9.95 ? 1 : 0) + QLatin1Char(' ') + QLatin1String(units[unit]);
}

QString duration(Millis left)
{
    // Rounded up: a countdown shows 00:01 until the moment it really is over.
    const auto total = std::chrono::ceil<seconds>(std::max(left, Millis::zero()));
    const long long s = total.count() % 60;
    const long long m = std::chrono::floor<minutes>(total).count() % 60;
    const long long h = std::chrono::floor<hours>(total).count();
    if (h >= 24)
        return FormatWords::tr("%1d %2:%3", "days, then hours:minutes")
            .arg(std::chrono::floor<days>(total).count())
            .arg(twoDigits(h % 24), twoDigits(m));
    if (h > 0)
        return QStringLiteral("%1:%2:%3").arg(h).arg(twoDigits(m), twoDigits(s));
    return QStringLiteral("%1:%2").arg(twoDigits(m), twoDigits(s));
}

QString ttl(Millis left)
{
    return left > Millis::zero() ? duration(left) : FormatWords::tr("expired", "past its time to live");
}

QString ago(Millis since)
{
    const double s = static_cast<double>(std::max(since, Millis::zero()).count()) / 1000.0;
    if (s < 9.95)
        return FormatWords::tr("%1 s ago").arg(formatNumber(s, 1));
    if (s < 60)
        return FormatWords::tr("%1 s ago").arg(formatNumber(s, 0));
    if (s < 3600)
        return FormatWords::tr("%1 min ago").arg(count(static_cast<quint64>(s / 60)));
    if (s < 86'400)
        return FormatWords::tr("%1 h ago").arg(count(static_cast<quint64>(s / 3600)));
    return FormatWords::tr("%1 d ago", "days").arg(count(static_cast<quint64>(s / 86'400)));
}

QString timeOfDay(WallTime time)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count());
    const bool today = local.date() == QDate::currentDate();
    return local.toString(today ? QStringLiteral("HH:mm:ss") : QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString outcome(Outcome outcome)
{
    return FormatWords::tr(formatOutcome(outcome));
}

QString missReason(MissReason reason)
{
    switch (reason) {
    case MissReason::Cold: return FormatWords::tr("cold", "why a tier missed");
    case MissReason::Expired: return FormatWords::tr("expired", "why a tier missed");
    case MissReason::Evicted: return FormatWords::tr("evicted", "why a tier missed");
    case MissReason::Invalidated: return FormatWords::tr("invalidated", "why a tier missed");
    case MissReason::Negative: return FormatWords::tr("known to be absent", "why a tier missed");
    case MissReason::Corrupt: return FormatWords::tr("corrupt", "why a tier missed");
    case MissReason::Down: break;
    }
    return FormatWords::tr("tier down", "why a tier missed");
}

QString error(const Error &error)
{
    const QString cause = FormatWords::tr(formatCause(error.code));
    const QString detail = QString::fromStdString(error.toString()).simplified();
    return detail.isEmpty() ? cause : FormatWords::tr("%1: %2", "cause, then detail").arg(cause, detail);
}

QString stage(Stage stage)
{
    switch (stage) {
    case Stage::L1: return QStringLiteral("L1");
    case Stage::L2: return QStringLiteral("L2");
    case Stage::L3: return QStringLiteral("L3");
    case Stage::Source: return QStringLiteral("API");
    case Stage::None: break;
    }
    return formatUnknown();
}

} // namespace insitecache::format
