// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace insitecache {

/// Where the answers come from, always in sight: demo, recordings or the real upstreams; and whether it is read-only.
class ProfileBadge : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Demo, Recordings, Live };

    explicit ProfileBadge(QWidget *parent = nullptr);

    /// `name`: of the profile, may be empty; plain text.
    void show(Kind kind, const QString &name, bool readOnly);
    using QWidget::show;
    QString text() const;
    static QString kindName(Kind kind);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void describe();

    Kind m_kind = Kind::Demo;
    QString m_name;
    bool m_readOnly = false;
};

} // namespace insitecache
