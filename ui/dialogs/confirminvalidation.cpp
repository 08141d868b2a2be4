// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/confirminvalidation.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "theme/glyphicon.h"

namespace insitecache {

namespace {

constexpr int confirmTextWidth = 360;

} // namespace

ConfirmInvalidation::ConfirmInvalidation(const InvalidationQuestion &question, QWidget *parent) :
    QDialog(parent), m_reason(new QLabel(question.reason, this)), m_details(new QLabel(question.details, this)),
    m_goOn(new QPushButton(question.verb, this))
{
    setObjectName(QStringLiteral("confirmInvalidation"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Invalidate"));
    QFont bold = m_reason->font();
    bold.setBold(true);
    m_reason->setFont(bold);
    for (QLabel *label : {m_reason, m_details}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setMinimumWidth(confirmTextWidth);
    }
    auto *icon = new QLabel(this);
    icon->setPixmap(glyphIcon(Glyph::Warning).pixmap(32, 32));
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_reason);
    texts->addWidget(m_details);
    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addLayout(texts, 1);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addLayout(top);
    if (!question.word.isEmpty())
        addWord(question.word);
    addButtons(question);
}

QString ConfirmInvalidation::text() const
{
    return m_reason->text() + u'\n' + m_details->text();
}

void ConfirmInvalidation::addWord(const QString &word)
{
    auto *label = new QLabel(tr("&Type “%1” to go on:", "the profile's name")
                                 .arg(QString(word).replace(QLatin1Char('&'), QLatin1String("&&"))));
    label->setTextFormat(Qt::PlainText);
    m_typed = new QLineEdit(this);
    m_typed->setObjectName(QStringLiteral("confirmWord"));
    m_typed->setAccessibleName(tr("Name of the profile"));
    label->setBuddy(m_typed);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_typed, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    m_goOn->setEnabled(false);
    connect(m_typed, &QLineEdit::textChanged, this, [this, word](const QString &typed) {
        m_goOn->setEnabled(typed.trimmed().compare(word, Qt::CaseInsensitive) == 0);
    });
}

void ConfirmInvalidation::addButtons(const InvalidationQuestion &question)
{
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(cancel, QDialogButtonBox::RejectRole);
    buttons->addButton(m_goOn, QDialogButtonBox::DestructiveRole);
    QPushButton *usual = cancel;
    if (!question.kinder.isEmpty()) {
        usual = new QPushButton(question.kinder, this);
        usual->setObjectName(QStringLiteral("kinderButton"));
        buttons->addButton(usual, QDialogButtonBox::ActionRole);
        connect(usual, &QPushButton::clicked, this, [this] { done(Kinder); });
    }
    m_goOn->setObjectName(QStringLiteral("goOnButton"));
    m_goOn->setAutoDefault(false);
    usual->setDefault(true);
    usual->setFocus(Qt::OtherFocusReason);
    connect(m_goOn, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    static_cast<QVBoxLayout *>(layout())->addWidget(buttons);
}

} // namespace insitecache
