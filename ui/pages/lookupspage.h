// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/lookuphistory.h"
#include "pages/page.h"

class QCheckBox;
class QCompleter;
class QGroupBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QTabBar;

namespace insitecache {

class PathView;
class ResultCard;
class ValueView;

/// Look one thing up, see the value and the way the answer took.
class LookupsPage : public Page {
    Q_OBJECT

public:
    /// The monitor must outlive the page.
    explicit LookupsPage(Monitor &monitor, QWidget *parent = nullptr);

    void showSnapshot(const std::shared_ptr<const Snapshot> &snapshot) override;
    QWidget *findField() override;

public Q_SLOTS:
    /// Shows the tab of this key's type and looks the key up. A text that is no key is shown as an error.
    void lookUp(const QString &keyText);

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Tab { QuoteTab, SearchTab, SentimentTab, TrendingTab, KeyTab, TabCount };

    void build();
    QWidget *buildForm();
    QWidget *buildSide();
    void connectParts();
    void tabChanged(int tab);
    void submit();
    Result<CacheKey> typedKey() const;
    void start(const CacheKey &key);
    void arrived(int asked, const std::vector<Lookup> &lookups);
    void showLookup(const Lookup &lookup);
    void showProblem(const Error &error);
    void retranslate();
    QString inputHint() const;

    Monitor &m_monitor;
    LookupHistory m_history;
    int m_asked = 0; ///< only the answer to the newest question is shown
    QTabBar *m_tabs;
    QLabel *m_label;
    QLineEdit *m_line;
    QCompleter *m_symbols;
    QCompleter *m_regions;
    QPushButton *m_go;
    QCheckBox *m_bypass;
    QCheckBox *m_stale;
    ResultCard *m_card;
    ValueView *m_value;
    PathView *m_path;
    QGroupBox *m_previous;
    QListView *m_list;
};

} // namespace insitecache
