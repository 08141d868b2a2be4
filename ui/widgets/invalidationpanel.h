// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

class QLabel;
class QPushButton;
class QTimer;

namespace insitecache {

class InvalidationForm;
class PreviewView;

/// Says what an invalidation would hit before it happens, then does it and says what happened. For a dock.
class InvalidationPanel : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the panel.
    explicit InvalidationPanel(Monitor &monitor, QWidget *parent = nullptr);

public Q_SLOTS:
    /// Fills the form and previews; nothing is invalidated.
    void setTarget(const insitecache::Selector &which);

Q_SIGNALS:
    /// Something was invalidated, perhaps in part.
    void invalidated();
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void formChanged();
    void count();
    void counted(int asked, const Invalidation &wish, const InvalidationPreview &preview);
    void commit();
    void recounted(const Invalidation &wish, const InvalidationPreview &preview);
    void confirm(const Invalidation &wish, const InvalidationPreview &preview, const QString &question);
    void run(const Invalidation &wish);
    void finished(const Invalidation &wish, const InvalidationResult &result);
    void setBusy(bool busy);
    void showButton();
    void retranslate();

    Monitor &m_monitor;
    InvalidationForm *m_form;
    PreviewView *m_previewView;
    QLabel *m_readOnly;
    QLabel *m_result;
    QPushButton *m_button;
    QTimer *m_typed;
    std::optional<InvalidationPreview> m_preview; ///< of what the form says now
    int m_asked = 0;                              ///< counts the previews asked for; only the newest is shown
    bool m_busy = false;
};

} // namespace insitecache
