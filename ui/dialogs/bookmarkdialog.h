// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QInputDialog>

#include <insitecache/base/clock.h>

namespace insitecache {

/// Asks for the note of a bookmark at a time that was chosen before. Deletes itself.
class BookmarkDialog : public QInputDialog {
    Q_OBJECT

public:
    BookmarkDialog(WallTime time, QWidget *parent);

Q_SIGNALS:
    void bookmarked(const QString &note, insitecache::WallTime time);
};

} // namespace insitecache
