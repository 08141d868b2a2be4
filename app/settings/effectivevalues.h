// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "settings/layers.h"
#include "settings/settings.h"

namespace insitecache {

/// Every setting with its value and where that comes from, for people. Secrets are named by their file only.
std::vector<EffectiveValue> effectiveValues(Program program, const SettingLayers &layers, const Settings &settings);

} // namespace insitecache
