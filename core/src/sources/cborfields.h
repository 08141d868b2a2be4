// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include <QCborArray>
#include <QCborMap>
#include <QDateTime>
#include <QString>

#include <insitecache/base/error.h>

namespace insitecache {

/// Null where there is no value.
QCborValue cborOptional(const std::optional<double> &number);
QCborValue cborOptional(const std::optional<int> &number);
/// UTC, tag 0, to the millisecond.
QCborValue cborOptional(const std::optional<QDateTime> &time);

/// Reads the fields of a value one by one and remembers the first that has the wrong shape, so that a decoder reads
/// as a plain list of fields. Unknown fields are passed over: a newer writer may have added them.
class CborFields {
public:
    /// `what` names the value in the error: "quote".
    CborFields(const QCborValue &value, std::string what);

    QString text(QLatin1String name);
    double number(QLatin1String name);
    int count(QLatin1String name);
    QDateTime time(QLatin1String name);
    QCborArray array(QLatin1String name);
    CborFields object(QLatin1String name);

    /// A field that may be missing or null.
    QString optionalText(QLatin1String name);
    std::optional<double> optionalNumber(QLatin1String name);
    std::optional<int> optionalCount(QLatin1String name);
    std::optional<QDateTime> optionalTime(QLatin1String name);

    /// Takes over what went wrong inside.
    void join(const CborFields &inner);
    bool ok() const { return m_error.empty(); }
    /// Precondition: !ok(). Corrupt.
    tl::unexpected<Error> failure() const;

private:
    void wrong(QLatin1String name, const char *expected);
    QCborValue value(QLatin1String name) const { return m_map.value(name); }

    QCborMap m_map;
    std::string m_what;
    std::string m_error;
};

} // namespace insitecache
