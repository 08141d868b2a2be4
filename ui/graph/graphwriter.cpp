// SPDX-License-Identifier: GPL-3.0-or-later
#include "graph/graphwriter.h"

#include <QBuffer>
#include <QFileDialog>
#include <QPainter>
#include <QSaveFile>

#include "graph/graphexport.h"

namespace insitecache {

namespace {

// Twice the size on the screen, so that it can be printed; bounded, whatever the graph.
constexpr double pictureScale = 2;
constexpr double longestPictureSide = 8000;

} // namespace

GraphWriter::GraphWriter(Subject subject, GraphView &view, QWidget *parent) :
    QObject(parent), m_subject(std::move(subject)), m_view(view)
{}

void GraphWriter::ask(GraphBar::Export kind)
{
    static constexpr const char *suffixes[] = {"png", "svg", "dot", "json"};
    const QString suffix = QString::fromLatin1(suffixes[static_cast<std::size_t>(kind)]);
    auto *dialog = new QFileDialog(m_view.window(), tr("Export the Graph as %1").arg(suffix.toUpper()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this, kind](const QString &file) {
        const auto written = write(kind, file);
        Q_EMIT messageShown(written ? tr("Saved: %1").arg(file) : QStringLiteral("✖ ") + written.error());
    });
    connect(dialog, &QObject::destroyed, this, &QObject::deleteLater);
    dialog->open();
}

tl::expected<void, QString> GraphWriter::write(GraphBar::Export kind, const QString &file) const
{
    QSaveFile out(file);
    const QByteArray bytes = content(kind);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return tl::unexpected(
            tr("The graph could not be written to %1: %2. Choose a folder that can be written to.", "file, cause")
                .arg(file, out.errorString()));
    return {};
}

QByteArray GraphWriter::content(GraphBar::Export kind) const
{
    switch (kind) {
    case GraphBar::Export::Png: return picture();
    case GraphBar::Export::Svg: return graphAsSvg(*m_subject.graph, m_subject.drawn, m_subject.age);
    case GraphBar::Export::Dot: return graphAsDot(*m_subject.graph);
    case GraphBar::Export::Json: break;
    }
    return graphAsJson(*m_subject.graph, m_subject.age);
}

QByteArray GraphWriter::picture() const
{
    const QSizeF size = m_view.pictureRect().size();
    const double scale = std::min(pictureScale, longestPictureSide / std::max(size.width(), size.height()));
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    image.fill(m_view.palette().color(QPalette::Base));
    QPainter painter(&image);
    m_view.renderTo(painter, image.rect());
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace insitecache
