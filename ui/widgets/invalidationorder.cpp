// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/invalidationorder.h"

#include "dialogs/confirminvalidation.h"
#include "formatting/format.h"
#include "models/targetwords.h"
#include "models/whendone.h"

namespace insitecache {

InvalidationOrder::InvalidationOrder(Monitor &monitor, QWidget *window) :
    QObject(window), m_monitor(monitor), m_window(window)
{}

void InvalidationOrder::setProfile(ProfileBadge::Kind kind, const QString &name)
{
    m_kind = kind;
    m_profile = name;
}

void InvalidationOrder::setBusy(bool busy)
{
    m_busy = busy;
    Q_EMIT busyChanged();
}

void InvalidationOrder::give(const Invalidation &wish, std::uint64_t previewed)
{
    if (m_busy)
        return;
    setBusy(true);
    whenDone(
        m_monitor.preview(wish), this,
        [this, wish, previewed](const InvalidationPreview &preview) { recounted(wish, preview, previewed); },
        [this] { setBusy(false); });
}

InvalidationSize InvalidationOrder::sizeOf(const Invalidation &wish, const InvalidationPreview &preview) const
{
    const auto snapshot = m_monitor.snapshot();
    return {preview.keys, knownEntries(*snapshot), wish.which.isAll() || preview.everything,
        m_kind == ProfileBadge::Kind::Live, fewestCallsLeft(*snapshot)};
}

InvalidationQuestion InvalidationOrder::questionFor(const Invalidation &wish, const InvalidationPreview &preview) const
{
    const InvalidationSize size = sizeOf(wish, preview);
    InvalidationQuestion question;
    question.details = details(wish, preview, size);
    question.verb = invalidationVerb(wish.expire, preview.keys);
    if (exceedsQuota(size) && !wish.expire) {
        question.reason = tr("An upstream allows fewer calls now than loading all of this again may take.");
        question.kinder = invalidationVerb(true, preview.keys);
    }
    if (isLarge(size)) {
        question.reason = question.reason.isEmpty() ? tr("This is a large part of the cache.") : question.reason;
        if (size.live)
            question.reason = tr("This profile is live: what goes has to be loaded from the real upstreams.");
        question.word = m_profile.isEmpty() ? ProfileBadge::kindName(m_kind) : m_profile;
    }
    return question;
}

void InvalidationOrder::recounted(const Invalidation &wish, const InvalidationPreview &preview, std::uint64_t previewed)
{
    Q_EMIT counted(wish, preview);
    InvalidationQuestion question = questionFor(wish, preview);
    if (isAnotherCount(previewed, preview.keys))
        question.reason = tr("There were %1 keys in the preview, and there are %2 now.")
                              .arg(format::count(previewed), format::count(preview.keys));
    if (question.reason.isEmpty())
        return carryOut(wish);
    ask(wish, question, [this](const Invalidation &agreed) { carryOut(agreed); });
}

void InvalidationOrder::giveLater(const Invalidation &wish, WallTime due)
{
    if (m_busy)
        return;
    setBusy(true);
    whenDone(
        m_monitor.preview(wish), this,
        [this, wish, due](const InvalidationPreview &preview) {
            const InvalidationQuestion question = questionFor(wish, preview);
            if (question.reason.isEmpty())
                return schedule(wish, due);
            ask(wish, question, [this, due](const Invalidation &agreed) { schedule(agreed, due); });
        },
        [this] { setBusy(false); });
}

void InvalidationOrder::schedule(const Invalidation &wish, WallTime due)
{
    whenDone(
        m_monitor.schedule(wish, due), this,
        [this](const Result<ScheduledInvalidation> &result) {
            setBusy(false);
            if (result)
                Q_EMIT scheduled(*result);
            else
                Q_EMIT notScheduled(result.error());
        },
        [this] { setBusy(false); });
}

QString InvalidationOrder::details(
    const Invalidation &wish, const InvalidationPreview &preview, const InvalidationSize &size) const
{
    QStringList lines{tr("Target: %1").arg(targetWords(wish))};
    if (const QString hops = hopCounts(preview.byHop); !hops.isEmpty())
        lines += hops;
    lines += tierCounts(preview.byTier, wish.tiers);
    if (!wish.expire)
        lines += tr("Loading all of it again takes up to %n call(s).", nullptr, pluralOf(preview.keys));
    if (exceedsQuota(size))
        lines += tr("The scarcest upstream allows %1 more now.", "calls")
                     .arg(format::count(static_cast<quint64>(std::max(0LL, *size.callsLeft))));
    if (wish.undoable)
        lines += undoPromise(preview);
    return lines.join(QLatin1Char('\n'));
}

void InvalidationOrder::ask(
    const Invalidation &wish, const InvalidationQuestion &question, std::function<void(const Invalidation &)> goOn)
{
    auto *dialog = new ConfirmInvalidation(question, m_window);
    connect(dialog, &QDialog::finished, this, [this, wish, goOn = std::move(goOn)](int answer) {
        if (answer == ConfirmInvalidation::Cancel)
            return setBusy(false);
        Invalidation agreed = wish;
        agreed.expire = wish.expire || answer == ConfirmInvalidation::Kinder;
        goOn(agreed);
    });
    dialog->open();
}

void InvalidationOrder::carryOut(const Invalidation &wish)
{
    setBusy(true);
    whenDone(
        m_monitor.invalidate(wish), this,
        [this, wish](const InvalidationResult &result) {
            setBusy(false);
            Q_EMIT finished(wish, result);
        },
        [this] { setBusy(false); });
}

} // namespace insitecache
