// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QWidget>

#include <insitecache/coherence/invalidation.h>
#include <insitecache/cache/policy.h>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QGroupBox;
class QLabel;
class QLineEdit;
class QRadioButton;

namespace insitecache {

class DueChooser;

/// What to invalidate, at which tiers, how and why. Says what is wrong with the input instead of guessing.
class InvalidationForm : public QWidget {
    Q_OBJECT

public:
    explicit InvalidationForm(const std::vector<Policy> &policies, QWidget *parent = nullptr);

    void setTarget(const Selector &which);
    /// Puts an earlier wish back, as it was.
    void setWish(const Invalidation &wish);
    /// The wish, or one line on what is missing; an empty line: nothing has been typed yet.
    tl::expected<Invalidation, QString> invalidation() const;
    const DueChooser &due() const { return *m_due; }
    void chooseNow();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum Scope { Key, Pattern, Type, All, Selection };

    QWidget *buildTarget(const std::vector<Policy> &policies);
    QLayout *buildOptions();
    QLayout *buildTiers();
    QLayout *buildMethod();
    void choose(Scope scope);
    Scope scope() const;
    tl::expected<Selector, QString> selector() const;
    tl::expected<Selector, QString> keySelector() const;
    tl::expected<Selector, QString> patternSelector() const;
    void retranslate();

    std::optional<Selector> m_selection; ///< several keys, picked elsewhere
    QGroupBox *m_target;
    QButtonGroup *m_scopes;
    QList<QWidget *> m_inputs; ///< by scope
    QLineEdit *m_key;
    QLineEdit *m_pattern;
    QComboBox *m_type;
    QLabel *m_all;
    QLabel *m_selected;
    QCheckBox *m_dependents;
    QLabel *m_levelsLabel;
    QCheckBox *m_tiers[tierCount];
    QLabel *m_methodLabel;
    QRadioButton *m_delete;
    QRadioButton *m_expire;
    QLabel *m_dueLabel;
    DueChooser *m_due;
    QLabel *m_reasonLabel;
    QLineEdit *m_reason;
};

} // namespace insitecache
