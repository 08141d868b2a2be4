// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

namespace insitecache {

/// Says what an invalidation would hit before it happens, then does it and says what happened. For a dock.
class InvalidationPanel : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the panel.
    explicit InvalidationPanel(Monitor &monitor, QWidget *parent = nullptr);
    ~InvalidationPanel() override;

public Q_SLOTS:
    /// Fills the form and previews; nothing is invalidated.
    void setTarget(const insitecache::Selector &which);

Q_SIGNALS:
    /// Something was invalidated, perhaps in part.
    void invalidated();
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

private:
    class Impl;
    std::unique_ptr<Impl> d;
};

} // namespace insitecache
