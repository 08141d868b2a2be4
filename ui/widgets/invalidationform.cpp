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
    m_type(new QComboBox(this)), m_all(new QLabel(this)), m_selected(new QLabel(this)), m_levels(new QGroupBox(this)),
    m_method(new QGroupBox(this)), m_delete(new QRadioButton(this)), m_expire(new QRadioButton(this)),
    m_reasonLabel(new QLabel(this)), m_reason(new QLineEdit(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(buildTarget(policies));
    column->addWidget(buildTiers());
    column->addWidget(buildMethod());
    column->addWidget(buildReason());
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

QWidget *InvalidationForm::buildTiers()
{
    auto *row = new QHBoxLayout(m_levels);
    for (int i = 0; i < tierCount; ++i) {
        const auto stage = static_cast<Stage>(i);
        m_tiers[i]
            = new QCheckBox(QStringLiteral("%1 %2").arg(inkMarker(inkOf(stage)), format::stage(stage)), m_levels);
        m_tiers[i]->setObjectName(QStringLiteral("invalidationTier%1").arg(i + 1));
        m_tiers[i]->setChecked(true);
        row->addWidget(m_tiers[i]);
        connect(m_tiers[i], &QCheckBox::toggled, this, &InvalidationForm::changed);
    }
    row->addStretch(1);
    return m_levels;
}

QWidget *InvalidationForm::buildMethod()
{
    auto *column = new QVBoxLayout(m_method);
    m_delete->setObjectName(QStringLiteral("methodDelete"));
    m_expire->setObjectName(QStringLiteral("methodExpire"));
    m_delete->setChecked(true);
    column->addWidget(m_delete);
    column->addWidget(m_expire);
    connect(m_expire, &QRadioButton::toggled, this, &InvalidationForm::changed);
    return m_method;
}

QWidget *InvalidationForm::buildReason()
{
    m_reason->setObjectName(QStringLiteral("invalidationReason"));
    m_reason->setMaxLength(200);
    m_reasonLabel->setBuddy(m_reason);
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_reasonLabel);
    row->addWidget(m_reason, 1);
    setFocusProxy(m_key);
    return line;
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
    const QString typePrefix = QStringLiteral("type ");
    const bool isType = !keys && which.literalPrefix() == text.mid(typePrefix.size()).toStdString() + ':';
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
    } else if (isType && text.startsWith(typePrefix)) {
        m_type->setEditText(text.mid(typePrefix.size()));
        choose(Type);
    } else {
        m_pattern->setText(text);
        choose(Pattern);
    }
    retranslate();
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
    wish.reason = m_reason->text().simplified().toStdString();
    bool any = false;
    for (int i = 0; i < tierCount; ++i) {
        wish.tiers[i] = m_tiers[i]->isChecked();
        any = any || wish.tiers[i];
    }
    if (!any)
        return tl::unexpected(tr("Choose at least one level"));
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
    m_levels->setTitle(tr("Levels"));
    m_method->setTitle(tr("Method"));
    m_delete->setText(tr("&Delete"));
    m_delete->setToolTip(tr("The next lookup goes to the source"));
    m_expire->setText(tr("&Mark stale, then refresh"));
    m_expire->setToolTip(tr("The old value is served meanwhile only if the source fails"));
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
