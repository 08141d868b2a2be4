// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settingreader.h"
#include "settings/settings.h"

namespace insitecache {

/// Decides which upstream answers, and fills `settings.upstream`, `.recordings`, `.upstreams`, `.demo`, `.space`.
///
/// The highest layer that says anything about it decides: --demo, --recordings, or a provider's URL or credentials
/// (the network). Within the environment or the file an explicit choice beats a provider that is merely described
/// there; on one command line two choices contradict each other.
///
/// A provider whose base URL was set stays there: its cookies and login are asked at that URL too, unless they were
/// given one of their own, so that no credential leaves for a host that nobody named.
void readUpstream(SettingReader &reader, const SettingLayers &layers, Settings &settings);

} // namespace insitecache
