// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/invalidationpanel.h"

#include <QScrollArea>
#include <QEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/whendone.h"
#include "theme/glyphicon.h"
#include "widgets/invalidationform.h"
#include "widgets/panelscroll.h"
#include "widgets/previewview.h"

namespace insitecache {

namespace {

constexpr int previewAfterMs = 300;

} // namespace

InvalidationPanel::InvalidationPanel(Monitor &monitor, QWidget *parent) :
    QWidget(parent), m_monitor(monitor), m_form(new InvalidationForm(monitor.policies(), this)),
    m_previewView(new PreviewView(this)), m_readOnly(new QLabel(this)), m_result(new QLabel(this)),
    m_button(new QPushButton(glyphIcon(Glyph::Invalidate), {}, this)), m_typed(new QTimer(this))
{
    setObjectName(QStringLiteral("invalidationPanel"));
    m_typed->setSingleShot(true);
    m_typed->setInterval(previewAfterMs);
    build();
    connect(m_form, &InvalidationForm::changed, this, &InvalidationPanel::formChanged);
    connect(m_typed, &QTimer::timeout, this, &InvalidationPanel::count);
    connect(m_button, &QPushButton::clicked, this, &InvalidationPanel::commit);
    setFocusProxy(m_form);
    retranslate();
}

void InvalidationPanel::build()
{
    m_button->setObjectName(QStringLiteral("invalidateButton"));
    m_result->setObjectName(QStringLiteral("invalidationResult"));
    for (QLabel *label : {m_readOnly, m_result}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_result->hide();
    m_readOnly->setVisible(m_monitor.isReadOnly());
    auto *inside = new QWidget(this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_form);
    column->addWidget(m_previewView, 1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanelScroll(inside, this), 1);
    auto *bottom = new QVBoxLayout;
    bottom->setContentsMargins(8, 0, 8, 8);
    for (QWidget *part :
        {static_cast<QWidget *>(m_readOnly), static_cast<QWidget *>(m_result), static_cast<QWidget *>(m_button)})
        bottom->addWidget(part);
    whole->addLayout(bottom);
}

void InvalidationPanel::setTarget(const Selector &which)
{
    m_form->setTarget(which);
    formChanged();
    m_typed->stop();
    count();
}

void InvalidationPanel::formChanged()
{
    ++m_asked;
    m_preview.reset();
    m_result->hide();
    const auto wish = m_form->invalidation();
    if (wish) {
        m_previewView->showCounting();
        m_typed->start();
    } else {
        m_previewView->showProblem(wish.error());
        m_typed->stop();
    }
    showButton();
}

void InvalidationPanel::count()
{
    const auto wish = m_form->invalidation();
    if (!wish)
        return;
    const int asked = ++m_asked;
    whenDone(
        m_monitor.preview(*wish), this,
        [this, asked, wish = *wish](const InvalidationPreview &preview) { counted(asked, wish, preview); }, [] {});
}

void InvalidationPanel::counted(int asked, const Invalidation &wish, const InvalidationPreview &preview)
{
    // What was typed meanwhile is counted by a later answer.
    if (asked != m_asked)
        return;
    m_preview = preview;
    m_previewView->showPreview(preview, wish);
    showButton();
}

void InvalidationPanel::commit()
{
    const auto wish = m_form->invalidation();
    if (!wish || !m_preview || m_busy)
        return;
    setBusy(true);
    whenDone(
        m_monitor.preview(*wish), this,
        [this, wish = *wish](const InvalidationPreview &preview) { recounted(wish, preview); },
        [this] { setBusy(false); });
}

void InvalidationPanel::recounted(const Invalidation &wish, const InvalidationPreview &preview)
{
    const std::uint64_t before = m_preview ? m_preview->keys : 0;
    m_preview = preview;
    m_previewView->showPreview(preview, wish);
    const InvalidationSize size{preview.keys, knownEntries(*m_monitor.snapshot()), wish.which.isAll()};
    if (isAnotherCount(before, preview.keys))
        return confirm(wish, preview,
            tr("There were %1 keys in the preview, and there are %2 now.")
                .arg(format::count(before), format::count(preview.keys)));
    if (needsConfirmation(size))
        return confirm(wish, preview, tr("This is a large part of the cache."));
    run(wish);
}

void InvalidationPanel::confirm(const Invalidation &wish, const InvalidationPreview &preview, const QString &question)
{
    auto *box = new QMessageBox(this);
    box->setObjectName(QStringLiteral("confirmInvalidation"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setWindowTitle(tr("Invalidate"));
    box->setTextFormat(Qt::PlainText);
    box->setText(question);
    box->setInformativeText(
        tr("Target: %1\n%2\nEvery key that is asked for afterwards costs a call to its source.")
            .arg(QString::fromStdString(wish.which.describe()), tierCounts(preview.byTier, wish.tiers)));
    QPushButton *go = box->addButton(invalidationVerb(wish.expire, preview.keys), QMessageBox::DestructiveRole);
    QPushButton *cancel = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(cancel);
    box->setEscapeButton(cancel);
    connect(box, &QDialog::finished, this, [this, wish, box, go] {
        if (box->clickedButton() == go)
            run(wish);
        else
            setBusy(false);
    });
    box->open();
}

void InvalidationPanel::run(const Invalidation &wish)
{
    whenDone(
        m_monitor.invalidate(wish), this, [this, wish](const InvalidationResult &result) { finished(wish, result); },
        [this] { setBusy(false); });
}

void InvalidationPanel::finished(const Invalidation &wish, const InvalidationResult &result)
{
    QStringList lines;
    const QString outcome = invalidationOutcome(result, wish.expire);
    lines += (result.partial.empty() ? QStringLiteral("✔ ") : QStringLiteral("✖ ")) + outcome;
    lines += tierCounts(result.deletedByTier, wish.tiers);
    for (const auto &failure : result.partial)
        lines += tr("%1 not done: %2", "tier, cause").arg(format::stage(failure.stage), format::error(failure.error));
    m_result->setText(lines.join(QLatin1Char('\n')));
    m_result->show();
    setBusy(false);
    Q_EMIT messageShown(
        tr("Invalidated %1: %2", "target, outcome").arg(QString::fromStdString(wish.which.describe()), outcome));
    Q_EMIT invalidated();
    count();
}

void InvalidationPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_form->setEnabled(!busy);
    showButton();
}

void InvalidationPanel::showButton()
{
    const auto wish = m_form->invalidation();
    const bool any = m_preview && m_preview->keys > 0;
    m_button->setEnabled(wish && any && !m_busy && !m_monitor.isReadOnly());
    if (m_busy)
        m_button->setText(tr("Invalidating…"));
    else if (wish && any)
        m_button->setText(invalidationVerb(wish->expire, m_preview->keys));
    else
        m_button->setText(m_preview ? tr("No key to invalidate") : tr("Invalidate"));
}

void InvalidationPanel::retranslate()
{
    setWindowTitle(tr("Invalidation"));
    const QString why = m_monitor.isReadOnly() ? tr("This profile is read-only: nothing can be invalidated. "
                                                    "Start without --read-only to change that.")
                                               : QString();
    m_readOnly->setText(why);
    m_button->setToolTip(why);
    m_button->setAccessibleDescription(why);
    showButton();
}

void InvalidationPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
