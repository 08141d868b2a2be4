// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollArea;
class QWidget;

namespace insitecache {

/// A frameless area for the controls of a panel: it scrolls up and down where a panel is low, never sideways. `inside`
/// must have its controls already; GUI thread.
QScrollArea *makePanelScroll(QWidget *inside, QWidget *parent);

} // namespace insitecache
