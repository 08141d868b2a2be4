// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

class QPushButton;

namespace insitecache {

/// A table that grows at its foot. While it is scrolled to the end it follows; scrolled up it stays, and a button says
/// how many rows came meanwhile and leads back.
class FollowView : public QTableView {
    Q_OBJECT

public:
    explicit FollowView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    bool isFollowing() const { return m_following; }
    /// To the end, and on from there.
    void follow();
    /// Shows that row and stays there.
    void stayAt(int row);

Q_SIGNALS:
    void resized();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rowsCame(int count);
    void scrolled();
    void showNews();

    QPushButton *m_news;
    bool m_following = true;
    int m_unseen = 0;
};

} // namespace insitecache
