// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/valueview.h"

#include <QCborValue>
#include <QEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/valuetreemodel.h"
#include "theme/fonts.h"

namespace insitecache {

namespace {

// A text field with megabytes in it is slow, and nobody reads that far.
constexpr qsizetype rawShownAtFirst = 64 * 1024;

QString jsonTextOf(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson());
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson());
    const QByteArray wrapped = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
}

} // namespace

ValueView::ValueView(QWidget *parent) :
    QWidget(parent), m_model(new ValueTreeModel(this)), m_tree(new QTreeView(this)), m_raw(new QPlainTextEdit(this)),
    m_whole(new QPushButton(this)), m_tabs(new QTabWidget(this)), m_message(new QLabel(this)),
    m_maskText(new QLabel(this)), m_unmask(new QPushButton(this)), m_mask(new QWidget(this)),
    m_stack(new QStackedWidget(this))
{
    m_tree->setModel(m_model);
    m_tree->setObjectName(QStringLiteral("valueTree"));
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(true);
    m_raw->setReadOnly(true);
    m_raw->setObjectName(QStringLiteral("valueRaw"));
    m_raw->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_raw->setFont(monospaceFont());
    auto *raw = new QWidget(this);
    auto *rawColumn = new QVBoxLayout(raw);
    rawColumn->setContentsMargins(0, 0, 0, 0);
    rawColumn->addWidget(m_raw);
    rawColumn->addWidget(m_whole, 0, Qt::AlignLeft);
    m_tabs->addTab(m_tree, QString());
    m_tabs->addTab(raw, QString());
    m_tabs->setDocumentMode(true);
    m_unmask->setObjectName(QStringLiteral("unmask"));
    for (QLabel *label : {m_message, m_maskText}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setContentsMargins(8, 8, 8, 8);
    }
    auto *maskColumn = new QVBoxLayout(m_mask);
    maskColumn->setContentsMargins(0, 0, 0, 0);
    maskColumn->addWidget(m_maskText);
    maskColumn->addWidget(m_unmask, 0, Qt::AlignLeft);
    maskColumn->addStretch(1);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_mask);
    m_stack->addWidget(m_tabs);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    connect(m_whole, &QPushButton::clicked, this, [this] { showRaw(true); });
    connect(m_unmask, &QPushButton::clicked, this, [this] {
        m_unmasked = m_key;
        fill();
        m_tree->setFocus(Qt::OtherFocusReason);
    });
    retranslate();
}

void ValueView::setValue(const CacheKey &key, std::string_view payload)
{
    if (key == m_key && payload == m_payload && m_stack->currentWidget() != m_message)
        return;
    m_key = key;
    m_payload = payload;
    if (m_key.type() == "user" && m_unmasked != m_key)
        m_stack->setCurrentWidget(m_mask);
    else
        fill();
}

bool ValueView::isMasked() const
{
    return m_stack->currentWidget() == m_mask;
}

void ValueView::setMessage(const QString &text)
{
    m_payload.clear();
    m_json.clear();
    m_model->setValue(QJsonValue(QJsonValue::Undefined));
    m_raw->clear();
    m_message->setText(text);
    m_stack->setCurrentWidget(m_message);
}

void ValueView::fill()
{
    QCborParserError problem;
    const QCborValue value
        = QCborValue::fromCbor(QByteArray(m_payload.data(), static_cast<qsizetype>(m_payload.size())), &problem);
    if (problem.error != QCborError::NoError)
        return setMessage(tr("This value is not readable CBOR: %1").arg(problem.errorString()));
    const QJsonValue json = value.toJsonValue();
    m_json = jsonTextOf(json);
    m_model->setValue(json);
    m_tree->expandToDepth(1);
    m_tree->resizeColumnToContents(0);
    m_tree->setColumnWidth(0, m_tree->columnWidth(0) + 16);
    showRaw(false);
    m_stack->setCurrentWidget(m_tabs);
}

void ValueView::showRaw(bool whole)
{
    const bool cut = !whole && m_json.size() > rawShownAtFirst;
    m_raw->setPlainText(cut ? m_json.left(rawShownAtFirst) : m_json);
    m_whole->setVisible(cut);
}

void ValueView::retranslate()
{
    m_tabs->setTabText(0, tr("Tree"));
    m_tabs->setTabText(1, tr("Raw JSON"));
    m_tree->setAccessibleName(tr("Value as a tree"));
    m_raw->setAccessibleName(tr("Value as raw JSON"));
    m_whole->setText(tr("Show all of it"));
    m_maskText->setText(tr("Personal values are hidden until you ask for them."));
    m_unmask->setText(tr("Show value"));
}

void ValueView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
