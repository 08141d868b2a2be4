// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <QWidget>

#include <insitecache/base/cachekey.h>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTreeView;

namespace insitecache {

class ValueTreeModel;

/// A cached value as a tree and as raw JSON. Values of people (`user:*`) stay hidden until somebody asks to see them.
class ValueView : public QWidget {
    Q_OBJECT

public:
    explicit ValueView(QWidget *parent = nullptr);

    /// `payload`: CBOR, as it stands in the cache.
    void setValue(const CacheKey &key, std::string_view payload);
    /// Says `text` in place of a value.
    void setMessage(const QString &text);
    bool isMasked() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();
    void showRaw(bool whole);
    void retranslate();

    ValueTreeModel *m_model;
    QTreeView *m_tree;
    QPlainTextEdit *m_raw;
    QPushButton *m_whole;
    QTabWidget *m_tabs;
    QLabel *m_message;
    QLabel *m_maskText;
    QPushButton *m_unmask;
    QWidget *m_mask;
    QStackedWidget *m_stack;
    CacheKey m_key, m_unmasked;
    QString m_json;
    std::string m_payload;
};

} // namespace insitecache
