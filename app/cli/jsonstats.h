// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include <insitecache/metrics/metrics.h>

#include "cli/enginestate.h"

namespace insitecache {

/// The document of `stats --json`.
QJsonObject statsJson(const MetricsTotals &totals, const EngineState &state);

} // namespace insitecache
