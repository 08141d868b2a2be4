// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/invalidationform.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

#include <insitecache/sources/values.h>

#include "formatting/format.h"
#include "models/typedkey.h"
#include "theme/fonts.h"
#include "theme/theme.h"
#include "widgets/duechooser.h"

namespace insitecache {

namespace {

QLineEdit *keyLine(QWidget *parent, const char *name)
{
    auto *line = new QLineEdit(parent);
    line->setObjectName(QString::fromLatin1(name));
    line->setFont(monospaceFont());
    line->setMaxLength(static_cast<int>(CacheKey::maxTextBytes));
    line->setClearButtonEnabled(true);
    return line;
}

} // namespace

InvalidationForm::InvalidationForm(const std::vector<Policy> &policies, QWidget *parent) :
    QWidget(parent), m_target(new QGroupBox(this)), m_scopes(new QButtonGroup(this)),
    m_key(keyLine(this, "invalidationKey")), m_pattern(keyLine(this, "invalidationPattern")),
    m_type(new QComboBox(this)), m_all(new QLabel(this)), m_selected(new QLabel(this)),
    m_dependents(new QCheckBox(this)), m_levelsLabel(new QLabel(this)), m_methodLabel(new QLabel(this)),
    m_delete(new QRadioButton(this)), m_expire(new QRadioButton(this)), m_dueLabel(new QLabel(this)),
    m_due(new DueChooser(this)), m_reasonLabel(new QLabel(this)), m_reason(new QLineEdit(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(buildTarget(policies));
    column->addWidget(m_dependents);
    column->addLayout(buildOptions());
    setFocusProxy(m_key);
    retranslate();
    choose(Key);
}

QWidget *InvalidationForm::buildTarget(const std::vector<Policy> &policies)
{
    auto *grid = new QGridLayout(m_target);
    static constexpr const char *names[] = {"scopeKey", "scopePattern", "scopeType", "scopeAll", "scopeSelection"};
    for (int i = Key; i <= Selection; ++i) {
        auto *radio = new QRadioButton(m_target);
        radio->setObjectName(QString::fromLatin1(names[i]));
        m_scopes->addButton(radio, i);
        grid->addWidget(radio, i < Selection ? 0 : 1, i < Selection ? i : 0, 1, i < Selection ? 1 : 4);
    }
    m_scopes->button(Selection)->hide();
    for (const Policy &policy : policies) {
        if (policy.type != "default")
            m_type->addItem(QString::fromStdString(policy.type));
    }
    m_type->setEditable(true);
    m_type->setObjectName(QStringLiteral("invalidationType"));
    for (QLabel *label : {m_all, m_selected}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_inputs = {m_key, m_pattern, m_type, m_all, m_selected};
    for (QWidget *input : std::as_const(m_inputs))
        grid->addWidget(input, 2 + static_cast<int>(m_inputs.indexOf(input)), 0, 1, 4);
    connect(m_scopes, &QButtonGroup::idClicked, this, [this](int id) {
        choose(static_cast<Scope>(id));
        m_inputs[id]->setFocus(Qt::OtherFocusReason);
        Q_EMIT changed();
    });
    connect(m_key, &QLineEdit::textChanged, this, &InvalidationForm::changed);
    connect(m_pattern, &QLineEdit::textChanged, this, &InvalidationForm::changed);
    connect(m_type, &QComboBox::editTextChanged, this, &InvalidationForm::changed);
    return m_target;
}

QLayout *InvalidationForm::buildOptions()
{
    m_dependents->setObjectName(QStringLiteral("invalidationDependents"));
    m_dependents->setChecked(true);
    connect(m_dependents, &QCheckBox::toggled, this, &InvalidationForm::changed);
    m_reason->setObjectName(QStringLiteral("invalidationReason"));
    m_reason->setMaxLength(200);
    m_reasonLabel->setBuddy(m_reason);
    m_dueLabel->setBuddy(m_due);
    connect(m_due, &DueChooser::changed, this, &InvalidationForm::changed);
    auto *grid = new QGridLayout;
    grid->addWidget(m_levelsLabel, 0, 0);
    grid->addLayout(buildTiers(), 0, 1);
    grid->addWidget(m_methodLabel, 1, 0, Qt::AlignTop);
    grid->addLayout(buildMethod(), 1, 1);
    grid->addWidget(m_dueLabel, 2, 0);
    grid->addWidget(m_due, 2, 1);
    grid->addWidget(m_reasonLabel, 3, 0);
    grid->addWidget(m_reason, 3, 1);
    grid->setColumnStretch(1, 1);
    return grid;
}

QLayout *InvalidationForm::buildTiers()
{
    auto *row = new QHBoxLayout;
    for (int i = 0; i < tierCount; ++i) {
        const auto stage = static_cast<Stage>(i);
        m_tiers[i] = new QCheckBox(QStringLiteral("%1 %2").arg(inkMarker(inkOf(stage)), format::stage(stage)), this);
        m_tiers[i]->setObjectName(QStringLiteral("invalidationTier%1").arg(i + 1));
        m_tiers[i]->setChecked(true);
        row->addWidget(m_tiers[i]);
        connect(m_tiers[i], &QCheckBox::toggled, this, &InvalidationForm::changed);
    }
    row->addStretch(1);
    return row;
}

QLayout *InvalidationForm::buildMethod()
{
    auto *methods = new QButtonGroup(this); // apart from the targets, which have the same parent
    auto *column = new QVBoxLayout;
    m_delete->setObjectName(QStringLiteral("methodDelete"));
    m_expire->setObjectName(QStringLiteral("methodExpire"));
    m_delete->setChecked(true);
    for (QRadioButton *method : {m_delete, m_expire}) {
        methods->addButton(method);
        column->addWidget(method);
    }
    connect(m_expire, &QRadioButton::toggled, this, &InvalidationForm::changed);
    return column;
}

void InvalidationForm::choose(Scope scope)
{
    m_scopes->button(scope)->setChecked(true);
    for (int i = Key; i <= Selection; ++i)
        m_inputs[i]->setVisible(i == scope);
    setFocusProxy(m_inputs[scope]);
}

InvalidationForm::Scope InvalidationForm::scope() const
{
    return static_cast<Scope>(m_scopes->checkedId());
}

void InvalidationForm::setTarget(const Selector &which)
{
    const QString text = QString::fromStdString(which.describe());
    const std::vector<CacheKey> *keys = which.namedKeys();
    const std::string type(which.namedType());
    const QSignalBlocker quiet(this);
    if (keys && keys->size() > 1) {
        m_selection = which;
        m_scopes->button(Selection)->show();
        choose(Selection);
    } else if (keys) {
        m_key->setText(text);
        choose(Key);
    } else if (which.isAll()) {
        choose(All);
    } else if (!type.empty()) {
        m_type->setEditText(QString::fromStdString(type));
        choose(Type);
    } else {
        m_pattern->setText(text);
        choose(Pattern);
    }
    retranslate();
}

void InvalidationForm::setWish(const Invalidation &wish)
{
    setTarget(wish.which);
    const QSignalBlocker quiet(this);
    m_dependents->setChecked(wish.dependents);
    for (int i = 0; i < tierCount; ++i)
        m_tiers[i]->setChecked(wish.tiers[i]);
    m_due->chooseNow();
    (wish.expire ? m_expire : m_delete)->setChecked(true);
    m_reason->setText(QString::fromStdString(wish.reason));
}

void InvalidationForm::chooseNow()
{
    m_due->chooseNow();
}

tl::expected<Selector, QString> InvalidationForm::keySelector() const
{
    if (m_key->text().trimmed().isEmpty())
        return tl::unexpected(QString());
    const auto key = normalisedKey(keyTextOf(m_key->text()).toStdString());
    if (!key)
        return tl::unexpected(format::error(key.error()));
    return Selector::keys({*key});
}

tl::expected<Selector, QString> InvalidationForm::patternSelector() const
{
    const QString text = m_pattern->text().trimmed();
    if (text.isEmpty())
        return tl::unexpected(QString());
    const auto glob = Glob::compile(text.toStdString());
    if (!glob)
        return tl::unexpected(format::error(glob.error()));
    return Selector::pattern(*glob);
}

tl::expected<Selector, QString> InvalidationForm::selector() const
{
    const std::string type = m_type->currentText().trimmed().toStdString();
    switch (scope()) {
    case Key: return keySelector();
    case Pattern: return patternSelector();
    case All: return Selector::all();
    case Selection: return *m_selection;
    case Type: break;
    }
    if (!CacheKey::make(type, "x"))
        return tl::unexpected(tr("A type is one lower-case word, such as stock"));
    return Selector::type(type);
}

tl::expected<Invalidation, QString> InvalidationForm::invalidation() const
{
    const auto which = selector();
    if (!which)
        return tl::unexpected(which.error());
    Invalidation wish;
    wish.which = *which;
    wish.expire = m_expire->isChecked();
    wish.undoable = true;
    wish.dependents = m_dependents->isChecked();
    wish.reason = m_reason->text().simplified().toStdString();
    bool any = false;
    for (int i = 0; i < tierCount; ++i) {
        wish.tiers[i] = m_tiers[i]->isChecked();
        any = any || wish.tiers[i];
    }
    if (!any)
        return tl::unexpected(tr("Choose at least one level"));
    if (const auto due = m_due->due(Clock::system().wall()); !due)
        return tl::unexpected(due.error());
    return wish;
}

void InvalidationForm::retranslate()
{
    m_target->setTitle(tr("Target"));
    const QString names[] = {tr("&Key"), tr("&Pattern"), tr("&Type"), tr("&All"),
        tr("&Selection of %n key(s)", nullptr, m_selection ? static_cast<int>(m_selection->namedKeys()->size()) : 0)};
    for (int i = Key; i <= Selection; ++i)
        m_scopes->button(i)->setText(names[i]);
    m_key->setPlaceholderText(QStringLiteral("stock:AAPL"));
    m_key->setAccessibleName(tr("Key to invalidate"));
    m_pattern->setPlaceholderText(QStringLiteral("search:*"));
    m_pattern->setAccessibleName(tr("Pattern of the keys to invalidate"));
    m_pattern->setToolTip(
        tr("* any characters, ? one character, [abc] one of these; \\ before a character means itself"));
    m_type->setAccessibleName(tr("Type to invalidate"));
    m_all->setText(tr("Every entry at the chosen levels"));
    m_selected->setText(tr("The keys that were selected in the table"));
    m_dependents->setText(tr("I&nclude dependents"));
    m_dependents->setToolTip(tr("Also everything that was made from these keys, however indirectly"));
    m_levelsLabel->setText(tr("Levels:"));
    m_methodLabel->setText(tr("Method:"));
    m_delete->setText(tr("&Delete"));
    m_delete->setToolTip(tr("The next lookup goes to the source"));
    m_expire->setText(tr("&Mark stale, then refresh"));
    m_expire->setToolTip(tr("The old value is served meanwhile only if the source fails"));
    m_dueLabel->setText(tr("When:"));
    m_reasonLabel->setText(tr("&Reason:"));
    m_reason->setPlaceholderText(tr("for the log, may be empty"));
    m_reason->setAccessibleName(tr("Reason"));
}

void InvalidationForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
