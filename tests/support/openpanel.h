// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

#include "dialogs/confirminvalidation.h"
#include "formatting/format.h"
#include "models/invalidationrules.h"
#include "support/pagerig.h"
#include "widgets/invalidationpanel.h"

namespace insitecache::test {

inline std::map<std::string, Result<std::string>> panelAnswers()
{
    std::map<std::string, Result<std::string>> answers;
    for (int i = 0; i < 60; ++i)
        answers.emplace("stock:S" + std::to_string(100 + i), cborOf(QCborMap{{QStringLiteral("price"), i}}));
    for (const char *text : {"search:apple", "search:삼성전자", "sentiment:AAPL"})
        answers.emplace(text, cborOf(QCborMap{}));
    return answers;
}

inline QStringList stockKeys(int from, int count)
{
    QStringList keys;
    for (int i = from; i < from + count; ++i)
        keys += QStringLiteral("stock:S%1").arg(100 + i);
    return keys;
}

/// The panel over a real cache.
struct OpenPanel {
    PageRig rig;
    InvalidationPanel panel{rig.monitor()};
    QPushButton *button = panel.findChild<QPushButton *>(QStringLiteral("invalidateButton"));

    explicit OpenPanel(const QStringList &keys, bool readOnly = false) : rig(panelAnswers(), readOnly)
    {
        rig.load(keys);
        // The size of the cache, as the snapshots tell it, decides what counts as a large part.
        if (!readOnly)
            QTRY_VERIFY(knownEntries(*rig.monitor().snapshot()) >= std::size_t(keys.size()));
        panel.resize(360, 760);
        panel.show();
    }
    template <class T>
    T *child(const char *name)
    {
        return panel.findChild<T *>(QString::fromLatin1(name));
    }
    QString text(const char *label) { return child<QLabel>(label)->text(); }
    void typePattern(const QString &pattern)
    {
        QTest::mouseClick(child<QRadioButton>("scopePattern"), Qt::LeftButton);
        auto *line = child<QLineEdit>("invalidationPattern");
        line->clear();
        typeText(*line, pattern);
    }
    QString bytesOf(const char *pattern)
    {
        const Invalidation wish{Selector::pattern(Glob::compile(pattern).value())};
        return format::bytes(rig.monitor().preview(wish).result().bytes);
    }
    ConfirmInvalidation *question() { return panel.findChild<ConfirmInvalidation *>(); }
};

} // namespace insitecache::test
