// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inlinemessage.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

#include "theme/glyphicon.h"
#include "theme/theme.h"

namespace insitecache {

namespace {

constexpr int goodMessageMs = 10'000;

} // namespace

InlineMessage::InlineMessage(QWidget *parent) :
    QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_close(new QToolButton(this)),
    m_leave(new QTimer(this))
{
    setObjectName(QStringLiteral("inlineMessage"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setIcon(glyphIcon(Glyph::Close));
    m_close->setAutoRaise(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_close);
    m_leave->setSingleShot(true);
    m_leave->setInterval(goodMessageMs);
    connect(m_leave, &QTimer::timeout, this, &QWidget::hide);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    retranslate();
    hide();
}

void InlineMessage::showMessage(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    m_icon->setPixmap(glyphIcon(kind == Kind::Bad ? Glyph::Warning : Glyph::Info).pixmap(18, 18));
    setAccessibleName(text);
    if (kind == Kind::Good)
        m_leave->start();
    else
        m_leave->stop();
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString InlineMessage::text() const
{
    return m_text->text();
}

void InlineMessage::retranslate()
{
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
}

void InlineMessage::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void InlineMessage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge = m_kind == Kind::Bad ? inkColor(Ink::Error) : palette().color(QPalette::Highlight);
    QColor fill = edge;
    fill.setAlphaF(0.10F);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
}

} // namespace insitecache
