// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QDateTime>

namespace insitecache {

/// An HTTP-date (RFC 9110 §5.6.7) in any of its three forms. X writes "UTC" where the RFC asks for "GMT"; both are
/// taken, and so is no zone at all. Nothing for any other text.
std::optional<QDateTime> parseHttpDate(const QByteArray &text);

} // namespace insitecache
