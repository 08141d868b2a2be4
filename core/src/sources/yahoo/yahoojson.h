// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include "sources/http/transport.h"

namespace insitecache {

/// The document of a Yahoo answer, or what stands against it. Yahoo names an error in the endpoint's own envelope
/// (`chart`) or in a general one (`finance`), with a status of 200 or another; a page or a text may come instead.
/// Errors: NotFound (says so in JSON), Unauthorized (401, 403), RateLimited (429), InvalidArgument (400),
/// UpstreamError (5xx), BadResponse (not JSON, or not Yahoo's).
Result<QJsonObject> yahooDocument(const HttpResponse &response);

/// `{name: {"result": [...]}}`. Errors: BadResponse.
Result<QJsonArray> yahooResults(const QJsonObject &document, QLatin1String name);

/// The one chart of `/v8/finance/chart`, which has an object `meta`.
Result<QJsonObject> yahooChart(const HttpResponse &response);

/// A number that is plain or, from `formatted=true`, `{raw, fmt}`.
std::optional<double> yahooNumber(const QJsonValue &value);
/// Epoch seconds, plain or formatted.
std::optional<QDateTime> yahooTime(const QJsonValue &value);
/// The first of the named texts that is not empty, without surrounding space.
QString yahooText(const QJsonObject &object, std::initializer_list<QLatin1String> names);

} // namespace insitecache
