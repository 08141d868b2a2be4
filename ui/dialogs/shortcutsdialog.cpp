// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/shortcutsdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace insitecache {

ShortcutsDialog::ShortcutsDialog(const QString &list, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(24);
    for (const QString &line : list.split(u'\n', Qt::SkipEmptyParts)) {
        auto *keys = new QLabel(line.section(u'\t', 0, 0), this);
        auto *words = new QLabel(line.section(u'\t', 1), this);
        QFont bold = keys->font();
        bold.setBold(true);
        keys->setFont(bold);
        for (QLabel *label : {keys, words})
            label->setTextFormat(Qt::PlainText);
        form->addRow(keys, words);
    }
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(buttons);
}

} // namespace insitecache
