// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include <QGroupBox>

#include <insitecache/cache/lookup.h>

class QLabel;
class QLineEdit;
class QPushButton;

namespace insitecache {

class StepBar;

/// Where an answer came from: each step with its outcome and time on one axis, what was stored, and the Cache-Status
/// line of RFC 9211 to paste into a ticket.
class PathView : public QGroupBox {
    Q_OBJECT

public:
    explicit PathView(QWidget *parent = nullptr);

    void showLookup(const Lookup &lookup);
    void showNothing();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildRows();
    void showSteps();
    void retranslate();

    struct Row {
        QLabel *tier = nullptr;
        QLabel *outcome = nullptr;
        QLabel *took = nullptr;
        StepBar *bar = nullptr;
        QLabel *note = nullptr;
    };
    std::array<Row, 4> m_rows;
    QLabel *m_axis;
    QLabel *m_stored;
    QLabel *m_total;
    QLabel *m_statusLabel;
    QLineEdit *m_status;
    QPushButton *m_copy;
    std::optional<Lookup> m_lookup;
};

} // namespace insitecache
