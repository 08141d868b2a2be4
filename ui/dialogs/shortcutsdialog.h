// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace insitecache {

/// Every shortcut that works now. Show it with open().
class ShortcutsDialog : public QDialog {
    Q_OBJECT

public:
    /// `list`: lines of "keys<TAB>words".
    ShortcutsDialog(const QString &list, QWidget *parent);
};

} // namespace insitecache
