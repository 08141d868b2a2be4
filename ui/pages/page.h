// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

/// One page of the main window. GUI thread.
namespace insitecache {

class Page : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Called once a second and when the page becomes visible; never while it is hidden or drawing is paused.
    virtual void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) = 0;
    /// Ctrl+F: where typing filters or finds. Null: nowhere.
    virtual QWidget *findField() { return nullptr; }

Q_SIGNALS:
    /// Fill the invalidation dock with this target and preview it. With `atOnce` the dock may go on without a further
    /// look where that is harmless.
    void invalidationRequested(const insitecache::Selector &which, bool atOnce = false);
    /// Show this key on the lookups page and look it up.
    void lookupRequested(const QString &keyText);
    /// Fill the invalidation dock with this target, and leave the keyboard and the panels where they are.
    void targetChosen(const insitecache::Selector &which);
    /// Show this key among its dependencies.
    void dependenciesRequested(const insitecache::CacheKey &key);
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);
};

} // namespace insitecache
