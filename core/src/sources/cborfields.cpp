// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/cborfields.h"

#include <cmath>
#include <limits>

namespace insitecache {

namespace {

bool isNothing(const QCborValue &value)
{
    return value.isUndefined() || value.isNull();
}

std::optional<double> cborNumber(const QCborValue &value)
{
    if (!value.isDouble() && !value.isInteger())
        return std::nullopt;
    const double number = value.toDouble();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<int> cborCount(const QCborValue &value)
{
    const qint64 number = value.toInteger(-1);
    const bool fits = value.isInteger() && number >= 0 && number <= std::numeric_limits<int>::max();
    return fits ? std::optional(static_cast<int>(number)) : std::nullopt;
}

std::optional<QDateTime> cborTime(const QCborValue &value)
{
    const QDateTime time = value.toDateTime();
    return time.isValid() ? std::optional(time.toUTC()) : std::nullopt;
}

} // namespace

QCborValue cborOptional(const std::optional<double> &number)
{
    return number ? QCborValue(*number) : QCborValue(nullptr);
}

QCborValue cborOptional(const std::optional<int> &number)
{
    return number ? QCborValue(*number) : QCborValue(nullptr);
}

QCborValue cborOptional(const std::optional<QDateTime> &time)
{
    return time ? QCborValue(time->toUTC()) : QCborValue(nullptr);
}

CborFields::CborFields(const QCborValue &value, std::string what) : m_map(value.toMap()), m_what(std::move(what))
{
    if (!value.isMap())
        m_error = "the stored " + m_what + " is not a map";
}

QString CborFields::text(QLatin1String name)
{
    const QCborValue field = value(name);
    if (!field.isString())
        wrong(name, "a text");
    return field.toString();
}

double CborFields::number(QLatin1String name)
{
    const auto number = cborNumber(value(name));
    if (!number)
        wrong(name, "a number");
    return number.value_or(0);
}

int CborFields::count(QLatin1String name)
{
    const auto count = cborCount(value(name));
    if (!count)
        wrong(name, "a count");
    return count.value_or(0);
}

QDateTime CborFields::time(QLatin1String name)
{
    const auto time = cborTime(value(name));
    if (!time)
        wrong(name, "a time");
    return time.value_or(QDateTime());
}

QCborArray CborFields::array(QLatin1String name)
{
    const QCborValue field = value(name);
    if (!field.isArray())
        wrong(name, "a list");
    return field.toArray();
}

CborFields CborFields::object(QLatin1String name)
{
    return CborFields(value(name), m_what + "'s " + name.data());
}

QString CborFields::optionalText(QLatin1String name)
{
    return isNothing(value(name)) ? QString() : text(name);
}

std::optional<double> CborFields::optionalNumber(QLatin1String name)
{
    return isNothing(value(name)) ? std::nullopt : std::optional(number(name));
}

std::optional<int> CborFields::optionalCount(QLatin1String name)
{
    return isNothing(value(name)) ? std::nullopt : std::optional(count(name));
}

std::optional<QDateTime> CborFields::optionalTime(QLatin1String name)
{
    return isNothing(value(name)) ? std::nullopt : std::optional(time(name));
}

void CborFields::join(const CborFields &inner)
{
    if (m_error.empty())
        m_error = inner.m_error;
}

tl::unexpected<Error> CborFields::failure() const
{
    return fail(ErrorCode::Corrupt, m_error, "it is dropped and asked for anew");
}

void CborFields::wrong(QLatin1String name, const char *expected)
{
    if (m_error.empty())
        m_error = "the stored " + m_what + " has no " + name.data() + " that is " + expected;
}

} // namespace insitecache
