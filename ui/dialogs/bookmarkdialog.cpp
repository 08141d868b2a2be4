// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/bookmarkdialog.h"

#include <QLineEdit>

#include "formatting/format.h"

namespace insitecache {

namespace {

constexpr int longestNote = 200;

} // namespace

BookmarkDialog::BookmarkDialog(WallTime time, QWidget *parent) : QInputDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setInputMode(TextInput);
    setWindowTitle(tr("Set Bookmark"));
    setLabelText(tr("Bookmark at %1; a note, which may be empty:").arg(format::timeOfDay(time)));
    setOkButtonText(tr("Set Bookmark"));
    setCancelButtonText(tr("Cancel"));
    if (auto *line = findChild<QLineEdit *>())
        line->setMaxLength(longestNote);
    connect(this, &QInputDialog::textValueSelected, this,
        [this, time](const QString &note) { Q_EMIT bookmarked(note.simplified(), time); });
}

} // namespace insitecache
