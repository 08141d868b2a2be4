// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QTimer;
class QToolButton;

namespace insitecache {

/// One sentence between the strip and the page, when something happened that the reader should know. Plain text only.
class InlineMessage : public QFrame {
    Q_OBJECT

public:
    enum class Kind { Good, Bad };

    explicit InlineMessage(QWidget *parent = nullptr);

    /// A good message goes away by itself; a bad one stays until it is closed or replaced.
    void showMessage(Kind kind, const QString &text);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void retranslate();

    Kind m_kind = Kind::Good;
    QLabel *m_icon;
    QLabel *m_text;
    QToolButton *m_close;
    QTimer *m_leave;
};

} // namespace insitecache
