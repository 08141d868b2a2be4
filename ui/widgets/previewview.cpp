// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/previewview.h"

#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "models/targetwords.h"
#include "theme/fonts.h"

namespace insitecache {

namespace {

// Older than this a count is not the state of things any more.
constexpr qint64 previewFreshMs = 10'000;

QString previewFailures(const InvalidationPreview &preview, const QString &pattern)
{
    QStringList lines;
    for (const auto &failure : preview.unreachable)
        lines += pattern.arg(format::stage(failure.stage), format::error(failure.error));
    return lines.join(QLatin1Char('\n'));
}

} // namespace

PreviewView::PreviewView(QWidget *parent) :
    QGroupBox(parent), m_count(new QLabel(this)), m_target(new QLabel(this)), m_badge(new QLabel(this)),
    m_hops(new QLabel(this)), m_tiers(new QLabel(this)), m_undo(new QLabel(this)), m_failures(new QLabel(this)),
    m_sample(new QListWidget(this))
{
    m_count->setObjectName(QStringLiteral("previewCount"));
    m_target->setObjectName(QStringLiteral("previewTarget"));
    m_badge->setObjectName(QStringLiteral("previewBadge"));
    m_hops->setObjectName(QStringLiteral("previewHops"));
    m_tiers->setObjectName(QStringLiteral("previewTiers"));
    m_undo->setObjectName(QStringLiteral("previewUndo"));
    m_sample->setObjectName(QStringLiteral("previewSample"));
    QFont large = m_count->font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_count->setFont(large);
    m_sample->setFont(monospaceFont());
    m_sample->setSelectionMode(QAbstractItemView::NoSelection);
    m_sample->setMinimumHeight(80);
    auto *column = new QVBoxLayout(this);
    for (QLabel *label : {m_count, m_target, m_badge, m_hops, m_tiers, m_undo, m_failures}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    column->addWidget(m_sample, 100);
    column->addStretch(1); // what stands there without the list stays at the top
    auto *tick = new QTimer(this);
    connect(tick, &QTimer::timeout, this, &PreviewView::showAge);
    tick->start(1000);
    retranslate();
}

void PreviewView::showPreview(const InvalidationPreview &preview, const Invalidation &wish)
{
    m_preview = preview;
    m_wish = wish;
    m_problem.clear();
    m_counting = false;
    m_since.start();
    m_sample->clear();
    for (const std::string &key : preview.sample)
        m_sample->addItem(QString::fromStdString(key));
    if (preview.keys > preview.sample.size())
        m_sample->addItem(QStringLiteral("…"));
    retranslate();
}

void PreviewView::showCounting()
{
    m_counting = true;
    retranslate();
}

void PreviewView::showProblem(const QString &text)
{
    m_preview.reset();
    m_counting = false;
    m_problem = text;
    m_sample->clear();
    retranslate();
}

void PreviewView::showAge()
{
    if (!m_preview || m_counting)
        return;
    const qint64 age = m_since.elapsed();
    const QString quality = m_preview->exact ? tr("✔ exact") : tr("≈ estimate");
    m_badge->setText(QStringLiteral("%1 · %2").arg(quality, format::ago(Millis(age))));
    const auto role = age > previewFreshMs ? QPalette::PlaceholderText : QPalette::WindowText;
    for (QLabel *label : {m_count, m_target, m_badge, m_hops, m_tiers, m_undo})
        label->setForegroundRole(role);
}

void PreviewView::retranslate()
{
    setTitle(tr("Preview"));
    m_sample->setAccessibleName(tr("The first keys that would be hit"));
    const bool whole = m_preview && (m_preview->everything || isWholeScope(m_wish.which));
    m_sample->setVisible(m_preview && m_preview->keys > 0 && !whole);
    m_target->setVisible(m_preview.has_value());
    m_hops->setVisible(m_preview && !hopCounts(m_preview->byHop).isEmpty());
    m_tiers->setVisible(m_preview.has_value());
    m_undo->setVisible(m_preview && m_preview->keys > 0);
    m_failures->setVisible(m_preview && (m_preview->everything || !m_preview->unreachable.empty()));
    m_badge->setVisible(m_preview.has_value() || m_counting || !m_problem.isEmpty());
    if (m_preview) {
        m_count->setText(tr("%n key(s)", "how many would be hit", pluralOf(m_preview->keys)));
        m_target->setText(tr("Target: %1").arg(targetWords(m_wish)));
        m_hops->setText(hopCounts(m_preview->byHop));
        m_tiers->setText(QStringLiteral("%1 · %2").arg(
            tierCounts(m_preview->byTier, m_wish.tiers), format::bytes(m_preview->bytes)));
        m_undo->setText(undoPromise(*m_preview));
        m_failures->setText(m_preview->everything
                ? tr("▲ Too many keys depend on it to name them: all keys would be taken")
                : previewFailures(*m_preview, tr("▲ %1 did not answer: %2", "tier, cause")));
        showAge();
    } else {
        m_count->setText(m_problem.isEmpty() ? tr("Name a target") : QStringLiteral("–"));
        m_badge->setText(m_problem.isEmpty() ? QString() : QStringLiteral("✖ ") + m_problem);
    }
    if (m_counting)
        m_badge->setText(tr("Counting…"));
}

void PreviewView::changeEvent(QEvent *event)
{
    QGroupBox::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
