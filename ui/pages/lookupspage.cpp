// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/lookupspage.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QEvent>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>

#include <insitecache/sources/values.h>

#include "formatting/format.h"
#include "models/symbols.h"
#include "models/whendone.h"
#include "theme/glyphicon.h"
#include "widgets/pathview.h"
#include "widgets/resultcard.h"
#include "widgets/symbolcompleter.h"
#include "widgets/valueview.h"

namespace insitecache {

namespace {

constexpr const char *lookupTypes[] = {"stock", "search", "sentiment", "trending"};

QStringList trendingRegions()
{
    return {QStringLiteral("US"), QStringLiteral("KR"), QStringLiteral("JP"), QStringLiteral("GB"),
        QStringLiteral("DE"), QStringLiteral("FR"), QStringLiteral("HK"), QStringLiteral("IN")};
}

} // namespace

LookupsPage::LookupsPage(Monitor &monitor, QWidget *parent) :
    Page(parent), m_monitor(monitor), m_tabs(new QTabBar(this)), m_label(new QLabel(this)), m_line(new QLineEdit(this)),
    m_symbols(new SymbolCompleter(this)), m_regions(new QCompleter(trendingRegions(), this)),
    m_go(new QPushButton(glyphIcon(Glyph::Search), {}, this)), m_bypass(new QCheckBox(this)),
    m_stale(new QCheckBox(this)), m_card(new ResultCard(this)), m_value(new ValueView(this)),
    m_path(new PathView(this)), m_previous(new QGroupBox(this)), m_list(new QListView(this))
{
    setObjectName(QStringLiteral("lookupsPage"));
    build();
    connectParts();
    retranslate();
    tabChanged(QuoteTab);
}

void LookupsPage::build()
{
    auto *value = new QSplitter(Qt::Vertical, this);
    value->addWidget(m_card);
    value->addWidget(m_value);
    value->setChildrenCollapsible(false);
    value->setSizes({240, 260});
    auto *halves = new QSplitter(this);
    halves->addWidget(value);
    halves->addWidget(buildSide());
    halves->setStretchFactor(0, 1);
    halves->setChildrenCollapsible(false);
    halves->setSizes({640, 460});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(buildForm());
    column->addWidget(halves, 1);
}

QWidget *LookupsPage::buildForm()
{
    for (int i = 0; i < TabCount; ++i)
        m_tabs->addTab(QString());
    m_tabs->setObjectName(QStringLiteral("lookupTabs"));
    m_tabs->setDrawBase(false);
    m_line->setObjectName(QStringLiteral("lookupLine"));
    m_line->setClearButtonEnabled(true);
    m_line->setMaxLength(static_cast<int>(CacheKey::maxTextBytes));
    m_label->setBuddy(m_line);
    m_go->setObjectName(QStringLiteral("lookupGo"));
    m_bypass->setObjectName(QStringLiteral("bypassCache"));
    m_stale->setObjectName(QStringLiteral("allowStale"));
    m_stale->setChecked(true);
    auto *form = new QWidget(this);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    row->addWidget(m_label);
    row->addWidget(m_line, 1);
    row->addWidget(m_go);
    row->addWidget(m_bypass);
    row->addWidget(m_stale);
    column->addWidget(m_tabs, 0, Qt::AlignLeft);
    column->addLayout(row);
    return form;
}

QWidget *LookupsPage::buildSide()
{
    m_list->setObjectName(QStringLiteral("previousLookups"));
    m_list->setModel(&m_history);
    m_list->setUniformItemSizes(true);
    auto *listColumn = new QVBoxLayout(m_previous);
    listColumn->addWidget(m_list);
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_path);
    column->addWidget(m_previous, 1);
    return side;
}

void LookupsPage::connectParts()
{
    connect(m_tabs, &QTabBar::currentChanged, this, &LookupsPage::tabChanged);
    connect(m_line, &QLineEdit::returnPressed, this, &LookupsPage::submit);
    for (QCompleter *completer : {m_symbols, m_regions})
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &LookupsPage::submit,
            Qt::QueuedConnection);
    connect(m_go, &QPushButton::clicked, this, &LookupsPage::submit);
    connect(m_card, &ResultCard::symbolChosen, this,
        [this](const QString &symbol) { lookUp(QStringLiteral("stock:") + symbol); });
    const auto lookBack = [this](const QModelIndex &index) {
        if (const Lookup *lookup = m_history.lookupAt(index.row())) {
            ++m_asked;
            showLookup(*lookup);
        }
    };
    connect(m_list, &QListView::clicked, this, lookBack);
    connect(m_list, &QListView::activated, this, lookBack);
}

void LookupsPage::showSnapshot(const std::shared_ptr<const Snapshot> &) {}

QWidget *LookupsPage::findField()
{
    return m_line;
}

void LookupsPage::tabChanged(int tab)
{
    const bool bySymbol = tab == QuoteTab || tab == SentimentTab;
    m_line->setCompleter(bySymbol ? m_symbols : tab == TrendingTab ? m_regions : nullptr);
    m_line->setPlaceholderText(inputHint());
    m_line->selectAll();
}

QString LookupsPage::inputHint() const
{
    switch (m_tabs->currentIndex()) {
    case SearchTab: return tr("name of a company, for example samsung");
    case TrendingTab: return tr("region, for example US or KR");
    case KeyTab: return tr("whole key, for example history:AAPL:1mo:1d or user:1");
    default: return tr("symbol or name, for example AAPL or 005930.KS");
    }
}

Result<CacheKey> LookupsPage::typedKey() const
{
    const int tab = m_tabs->currentIndex();
    const QString text = m_line->text().trimmed();
    if (text.isEmpty())
        return fail(ErrorCode::InvalidArgument, tr("nothing was typed").toStdString(), inputHint().toStdString());
    if (tab == KeyTab)
        return normalisedKey(text.toStdString());
    const bool bySymbol = tab == QuoteTab || tab == SentimentTab;
    return normalisedKey(lookupTypes[tab], (bySymbol ? symbolMeant(text) : text).toStdString());
}

void LookupsPage::submit()
{
    // Enter on a suggestion comes here first, with what was typed; the suggestion follows.
    const QAbstractItemView *popup = m_line->completer() ? m_line->completer()->popup() : nullptr;
    if (popup && popup->isVisible() && popup->currentIndex().isValid())
        return;
    const auto key = typedKey();
    if (!key)
        return showProblem(key.error());
    start(*key);
}

void LookupsPage::lookUp(const QString &keyText)
{
    auto key = normalisedKey(keyText.trimmed().toStdString());
    if (key && (key->type() == "stock" || key->type() == "sentiment")) {
        const QString identity = QString::fromStdString(key->identity());
        key = normalisedKey(std::string(key->type()), symbolMeant(identity).toStdString());
    }
    if (!key) {
        m_tabs->setCurrentIndex(KeyTab);
        m_line->setText(keyText);
        return showProblem(key.error());
    }
    int tab = KeyTab;
    for (int i = 0; i < KeyTab; ++i)
        tab = key->type() == lookupTypes[i] ? i : tab;
    m_tabs->setCurrentIndex(tab);
    m_line->setText(QString::fromStdString(tab == KeyTab ? key->text() : key->identity()));
    start(*key);
}

void LookupsPage::start(const CacheKey &key)
{
    LookupOptions options;
    options.bypassCache = m_bypass->isChecked();
    options.allowStale = m_stale->isChecked();
    const int asked = ++m_asked;
    const auto future = m_monitor.lookup({key}, options);
    if (!future.isFinished()) {
        m_card->showWaiting();
        m_value->setMessage(QString());
        m_path->showNothing();
    }
    whenDone(
        future, this, [this, asked](const std::vector<Lookup> &lookups) { arrived(asked, lookups); },
        [this] { m_card->showProblem(tr("The lookup was cancelled because the cache is shutting down.")); });
}

void LookupsPage::arrived(int asked, const std::vector<Lookup> &lookups)
{
    if (lookups.empty())
        return;
    m_history.add(lookups.front(), Clock::system().wall());
    if (asked == m_asked)
        showLookup(lookups.front());
}

void LookupsPage::showLookup(const Lookup &lookup)
{
    m_card->showLookup(lookup);
    m_path->showLookup(lookup);
    if (lookup.hasValue())
        m_value->setValue(lookup.key, lookup.entry->payload());
    else
        m_value->setMessage(tr("There is no value to show."));
    Q_EMIT messageShown(QStringLiteral("%1 · %2 · %3")
                            .arg(QString::fromStdString(lookup.key.text()), format::stage(lookup.answeredBy),
                                format::millis(toMillisF(lookup.total))));
}

void LookupsPage::showProblem(const Error &error)
{
    ++m_asked;
    m_card->showProblem(format::error(error));
    m_value->setMessage(QString());
    m_path->showNothing();
}

void LookupsPage::retranslate()
{
    setWindowTitle(tr("Lookups"));
    const QString names[] = {tr("Quote"), tr("Search"), tr("Sentiment"), tr("Trending"), tr("Any key")};
    for (int i = 0; i < TabCount; ++i)
        m_tabs->setTabText(i, names[i]);
    m_tabs->setAccessibleName(tr("What to look up"));
    m_label->setText(tr("&Look up:"));
    m_line->setAccessibleName(tr("What to look up"));
    m_line->setPlaceholderText(inputHint());
    m_go->setText(tr("Look up"));
    m_bypass->setText(tr("&Bypass cache"));
    m_bypass->setToolTip(tr("Ask the source even if a tier has a fresh copy; the answer is stored"));
    m_stale->setText(tr("Allow &stale"));
    m_stale->setToolTip(tr("When the source fails, take an expired copy and say so"));
    m_previous->setTitle(tr("Previous lookups"));
    m_list->setAccessibleName(tr("Previous lookups"));
    m_history.retranslate();
}

void LookupsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
