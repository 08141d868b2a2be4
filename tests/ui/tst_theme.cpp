// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QCheckBox>
#include <QRadioButton>
#include <QTest>

#include <cmath>

#include "theme/fonts.h"
#include "theme/glyphicon.h"
#include "theme/theme.h"

using namespace insitecache;

namespace {

double channel(int value)
{
    const double c = value / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// WCAG 2.1 relative luminance and contrast.
double luminance(const QColor &c)
{
    return 0.2126 * channel(c.red()) + 0.7152 * channel(c.green()) + 0.0722 * channel(c.blue());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

/// The best contrast against the window of any pixel of the button's indicator.
double indicatorContrast(QAbstractButton &button)
{
    button.resize(button.sizeHint());
    const QImage picture = button.grab().toImage();
    const QColor paper = button.palette().color(QPalette::Window);
    double best = 1;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            best = std::max(best, contrast(picture.pixelColor(x, y), paper));
    }
    return best;
}

const QList<Ink> allInks{Ink::Overall, Ink::L1, Ink::L2, Ink::L3, Ink::Api, Ink::StaleServed, Ink::Error};

} // namespace

class tst_Theme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data();
    void everyInkStandsOutFromTheChart();
    void textIsReadable();
    void emptyBoxesAndRingsAreSeen();
    void everyInkHasItsOwnLookWithoutColour();
    void systemGivesThePaletteBack();
    void koreanFontIsFound();
    void iconFilesAreTheProgramsSign();
};

void tst_Theme::initTestCase_data()
{
    QTest::addColumn<int>("choice");
    QTest::newRow("light") << int(ThemeChoice::Light);
    QTest::newRow("dark") << int(ThemeChoice::Dark);
}

void tst_Theme::everyInkStandsOutFromTheChart()
{
    QFETCH_GLOBAL(int, choice);
    applyTheme(ThemeChoice(choice));
    const QColor paper = QApplication::palette().color(QPalette::Base);
    for (const Ink ink : allInks)
        QVERIFY2(contrast(inkColor(ink), paper) >= 3.0, qPrintable(QString::number(int(ink))));
}

void tst_Theme::textIsReadable()
{
    QFETCH_GLOBAL(int, choice);
    applyTheme(ThemeChoice(choice));
    QCOMPARE(isDarkTheme(), choice == int(ThemeChoice::Dark));
    const QPalette p = QApplication::palette();
    const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{{QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base}, {QPalette::Text, QPalette::AlternateBase},
        {QPalette::ButtonText, QPalette::Button}, {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::PlaceholderText, QPalette::Window}, {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::ToolTipText, QPalette::ToolTipBase}};
    for (const auto &[text, paper] : pairs) {
        const double ratio = contrast(p.color(text), p.color(paper));
        QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1 on %2: %3").arg(text).arg(paper).arg(ratio)));
    }
}

void tst_Theme::emptyBoxesAndRingsAreSeen()
{
    QFETCH_GLOBAL(int, choice);
    applyTheme(ThemeChoice(choice));
    QCheckBox box;
    QRadioButton ring;
    for (QAbstractButton *button : {static_cast<QAbstractButton *>(&box), static_cast<QAbstractButton *>(&ring)}) {
        const double ratio = indicatorContrast(*button);
        QVERIFY2(ratio >= 3.0, qPrintable(QString::number(ratio)));
    }
}

void tst_Theme::everyInkHasItsOwnLookWithoutColour()
{
    QFETCH_GLOBAL(int, choice);
    applyTheme(ThemeChoice(choice));
    QSet<QString> looks;
    for (const Ink ink : allInks) {
        const QPen pen = inkPen(ink);
        looks.insert(QStringLiteral("%1 %2 %3").arg(int(pen.style())).arg(pen.widthF()).arg(inkMarker(ink)));
    }
    QCOMPARE(looks.size(), allInks.size());
}

void tst_Theme::systemGivesThePaletteBack()
{
    QFETCH_GLOBAL(int, choice);
    applyTheme(ThemeChoice::System);
    const QColor before = QApplication::palette().color(QPalette::Window);
    applyTheme(ThemeChoice(choice));
    QVERIFY(QApplication::palette().color(QPalette::Window) != before);
    applyTheme(ThemeChoice::System);
    QCOMPARE(QApplication::palette().color(QPalette::Window), before);
}

void tst_Theme::koreanFontIsFound()
{
    applyFonts();
    if (!canShowKorean())
        QSKIP("no font with Hangul is installed: apt-get install fonts-nanum");
    QVERIFY(QApplication::font().families().contains(QStringLiteral("NanumGothic")));
}

// The desktop shows the files, the window its own drawing: one sign.
void tst_Theme::iconFilesAreTheProgramsSign()
{
    const QString folder = qEnvironmentVariable("INSITECACHE_SOURCE_DIR") + QStringLiteral("/resources/icons/");
    for (const int side : {48, 128}) {
        const QString file = folder + QStringLiteral("org.insitechart.InsiteCache-%1.png").arg(side);
        const QImage drawn = glyphIcon(Glyph::App).pixmap(side, side).toImage().convertToFormat(QImage::Format_ARGB32);
        QImage kept;
        QVERIFY2(kept.load(file), qPrintable(file));
        QCOMPARE(kept.size(), drawn.size());
        QCOMPARE(kept.convertToFormat(QImage::Format_ARGB32), drawn);
    }
}

QTEST_MAIN(tst_Theme)
#include "tst_theme.moc"
