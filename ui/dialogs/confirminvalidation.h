// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;

namespace insitecache {

/// What is asked before a large invalidation. Plain text throughout.
struct InvalidationQuestion {
    QString reason;   ///< why it is asked at all
    QString details;  ///< what would happen
    QString verb;     ///< what the button says: "Invalidate 13 keys"
    QString word{};   ///< to be typed before the button works; empty: none
    QString kinder{}; ///< what a less drastic button says, which is the default then; empty: there is none
};

/// The second look before a large invalidation. Cancelling is the default, or what is kinder where that is offered.
/// Show it with open().
class ConfirmInvalidation : public QDialog {
    Q_OBJECT

public:
    enum Answer { Cancel = Rejected, GoOn = Accepted, Kinder };

    ConfirmInvalidation(const InvalidationQuestion &question, QWidget *parent);

    QString text() const;

private:
    void addWord(const QString &word);
    void addButtons(const InvalidationQuestion &question);

    QLabel *m_reason;
    QLabel *m_details;
    QLineEdit *m_typed = nullptr;
    QPushButton *m_goOn;
};

} // namespace insitecache
