// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keynotes.h"

#include <QCoreApplication>

namespace insitecache {

namespace {

class KeyNoteWords {
    Q_DECLARE_TR_FUNCTIONS(KeyNotes)
};

} // namespace

QStringList keyNotes(const KeyGraph &graph, int number)
{
    QStringList notes;
    if (!graph.row(number))
        notes += KeyNoteWords::tr("not cached");
    if (graph.node(number).cycle >= 0)
        notes += KeyNoteWords::tr("part of a cycle");
    if (graph.node(number).isOlder)
        notes += KeyNoteWords::tr("loaded before what it was made from");
    return notes;
}

} // namespace insitecache
