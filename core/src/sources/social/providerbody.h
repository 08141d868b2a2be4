// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QJsonDocument>
#include <QJsonValue>

#include "sources/http/transport.h"

namespace insitecache {

/// The JSON of an answer. Errors: BadResponse for a page, a text, half a document or nothing at all, which every
/// provider sends now and then with any status.
Result<QJsonDocument> jsonOfBody(const HttpResponse &response, const std::string &provider);

/// Foreign text made fit for an error message: one line, no control characters, 160 characters at most.
std::string oneLine(const QString &foreign);

/// A whole number; 0 for anything that is not a finite number.
long long countOf(const QJsonValue &value);

/// `&amp;`, `&lt;`, `&gt;`, `&quot;` and numeric references undone, once.
QString withoutHtmlEntities(const QString &text);

/// base + path + query, every value percent-encoded whole: a bare `+` or `$` would mean something else over there.
QUrl providerUrl(const QUrl &base, const QString &path, const QList<std::pair<QString, QString>> &query);

} // namespace insitecache
