// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"
#include "widgets/twolinechip.h"

namespace insitecache {

enum class TierHealth { Unknown, Ok, Degraded, Down, Off };

/// One tier or the upstreams: marker in its colour, name, and its state in words. Colour, shape and text together.
class TierChip : public TwoLineChip {
    Q_OBJECT

public:
    TierChip(Stage stage, QWidget *parent);

    /// `detail` is plain text: where it is, or why it is down.
    void show(TierHealth health, const QString &detail);
    using QWidget::show;
    TierHealth health() const { return m_health; }

protected:
    Look look() const override;
    void describe() override;

private:
    QString stateText() const;

    Stage m_stage;
    TierHealth m_health = TierHealth::Unknown;
    QString m_detail;
};

} // namespace insitecache
