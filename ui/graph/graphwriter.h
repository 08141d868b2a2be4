// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "graph/graphview.h"
#include "widgets/graphbar.h"

namespace insitecache {

/// Asks for a file and writes the graph to it as it was when it was asked for. Deletes itself with its dialog.
class GraphWriter : public QObject {
    Q_OBJECT

public:
    struct Subject {
        KeyGraphPtr graph;
        DrawnGraph drawn;
        Millis age{};
    };
    /// The view must outlive the writer.
    GraphWriter(Subject subject, GraphView &view, QWidget *parent);

    void ask(GraphBar::Export kind);
    /// Error: a sentence with what to do.
    tl::expected<void, QString> write(GraphBar::Export kind, const QString &file) const;

Q_SIGNALS:
    void messageShown(const QString &text);

private:
    QByteArray content(GraphBar::Export kind) const;
    QByteArray picture() const;

    Subject m_subject;
    GraphView &m_view;
};

} // namespace insitecache
