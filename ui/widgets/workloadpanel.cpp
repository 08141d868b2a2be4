// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/workloadpanel.h"

#include <QScrollArea>
#include <cmath>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSlider>
#include <QTimer>

#include "formatting/format.h"
#include "models/entrytexts.h"
#include "models/workloadpresets.h"
#include "theme/glyphicon.h"
#include "widgets/panelscroll.h"

namespace insitecache {

namespace {

// A slider that is dragged starts one new workload when it rests, not one a pixel.
constexpr int applyAfterMs = 250;
constexpr int zipfSteps = 200;

} // namespace

WorkloadPanel::WorkloadPanel(Monitor &monitor, QWidget *parent) :
    QWidget(parent), m_monitor(monitor), m_apply(new QTimer(this)), m_start(new QPushButton(this)),
    m_presetLabel(new QLabel(this)), m_presets(new QComboBox(this)), m_traffic(new QGroupBox(this)),
    m_rateSlider(new QSlider(Qt::Horizontal, this)), m_rate(new QSpinBox(this)),
    m_zipfSlider(new QSlider(Qt::Horizontal, this)), m_zipf(new QDoubleSpinBox(this)), m_share(new QLabel(this)),
    m_keys(new QSpinBox(this)), m_flight(new QSpinBox(this)), m_seed(new QLineEdit(this)), m_mix(new QGroupBox(this)),
    m_problem(new QLabel(this)), m_outcome(new QLabel(this))
{
    setObjectName(QStringLiteral("workloadPanel"));
    m_apply->setSingleShot(true);
    m_apply->setInterval(applyAfterMs);
    build();
    connectControls();
    retranslate();
    setSpec(WorkloadSpec{});
    setFocusProxy(m_start);
}

void WorkloadPanel::build()
{
    for (QLabel *label : {m_problem, m_outcome, m_share}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_outcome->setObjectName(QStringLiteral("workloadOutcome"));
    m_problem->setObjectName(QStringLiteral("workloadProblem"));
    m_problem->hide();
    auto *inside = new QWidget(this);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(buildTop());
    column->addWidget(m_outcome);
    column->addWidget(m_problem);
    column->addWidget(buildTraffic());
    column->addWidget(buildMix());
    column->addStretch(1);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makePanelScroll(inside, this));
}

QWidget *WorkloadPanel::buildTop()
{
    m_start->setObjectName(QStringLiteral("workloadStart"));
    m_presets->setObjectName(QStringLiteral("workloadPresets"));
    m_presetLabel->setBuddy(m_presets);
    auto *top = new QWidget(this);
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_start, 1);
    row->addWidget(m_presetLabel);
    row->addWidget(m_presets, 1);
    return top;
}

QWidget *WorkloadPanel::withSlider(QSlider *slider, QWidget *spin)
{
    auto *both = new QWidget(this);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(slider, 1);
    row->addWidget(spin);
    return both;
}

void WorkloadPanel::addRow(QFormLayout &form, QLabel *&label, QWidget *field, QWidget *buddy)
{
    label = new QLabel(this);
    label->setBuddy(buddy);
    form.addRow(label, field);
}

QWidget *WorkloadPanel::buildTraffic()
{
    m_rate->setRange(1, 5000);
    m_rate->setGroupSeparatorShown(true);
    m_rate->setObjectName(QStringLiteral("workloadRate"));
    m_rateSlider->setRange(0, rateSteps);
    m_rateSlider->setPageStep(rateSteps / 10);
    m_rateSlider->setObjectName(QStringLiteral("workloadRateSlider"));
    m_zipf->setRange(0, 2);
    m_zipf->setSingleStep(0.1);
    m_zipf->setObjectName(QStringLiteral("workloadZipf"));
    m_zipfSlider->setRange(0, zipfSteps);
    m_keys->setRange(1, 1'000'000);
    m_keys->setGroupSeparatorShown(true);
    m_keys->setObjectName(QStringLiteral("workloadKeys"));
    m_flight->setRange(1, 100'000);
    m_flight->setGroupSeparatorShown(true);
    m_seed->setObjectName(QStringLiteral("workloadSeed"));
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,19}")), m_seed));
    auto *form = new QFormLayout(m_traffic);
    addRow(*form, m_rateLabel, withSlider(m_rateSlider, m_rate), m_rate);
    addRow(*form, m_zipfLabel, withSlider(m_zipfSlider, m_zipf), m_zipf);
    form->addRow(QString(), m_share);
    addRow(*form, m_keysLabel, m_keys, m_keys);
    addRow(*form, m_flightLabel, m_flight, m_flight);
    addRow(*form, m_seedLabel, m_seed, m_seed);
    return m_traffic;
}

QWidget *WorkloadPanel::buildMix()
{
    auto *grid = new QGridLayout(m_mix);
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Part &part = m_parts[i];
        part.label = new QLabel(m_mix);
        part.label->setTextFormat(Qt::PlainText);
        part.slider = new QSlider(Qt::Horizontal, m_mix);
        part.slider->setRange(0, 100);
        part.slider->setObjectName(QStringLiteral("mix-") + QLatin1String(mixParts()[i].type));
        part.percent = new QLabel(m_mix);
        part.percent->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        part.percent->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("100%")) + 4);
        const int row = static_cast<int>(i);
        grid->addWidget(part.label, row, 0);
        grid->addWidget(part.slider, row, 1);
        grid->addWidget(part.percent, row, 2);
    }
    return m_mix;
}

void WorkloadPanel::connectControls()
{
    connect(m_start, &QPushButton::clicked, this, [this] { setRunning(!m_running); });
    connect(m_apply, &QTimer::timeout, this, &WorkloadPanel::apply);
    connect(m_presets, &QComboBox::activated, this, &WorkloadPanel::choosePreset);
    connect(m_rateSlider, &QSlider::valueChanged, this, [this](int step) {
        if (!m_filling)
            m_rate->setValue(static_cast<int>(std::lround(rateOfStep(step))));
    });
    connect(m_rate, &QSpinBox::valueChanged, this, &WorkloadPanel::changed);
    connect(m_zipfSlider, &QSlider::valueChanged, this, [this](int step) {
        if (!m_filling)
            m_zipf->setValue(step * 2.0 / zipfSteps);
    });
    connect(m_zipf, &QDoubleSpinBox::valueChanged, this, &WorkloadPanel::changed);
    connect(m_keys, &QSpinBox::valueChanged, this, &WorkloadPanel::changed);
    connect(m_flight, &QSpinBox::valueChanged, this, &WorkloadPanel::changed);
    connect(m_seed, &QLineEdit::textEdited, this, &WorkloadPanel::changed);
    for (const Part &part : m_parts)
        connect(part.slider, &QSlider::valueChanged, this, &WorkloadPanel::changed);
}

WorkloadSpec WorkloadPanel::spec() const
{
    WorkloadSpec spec;
    spec.rate = m_rate->value();
    spec.zipf = m_zipf->value();
    spec.keys = m_keys->value();
    spec.maxInFlight = m_flight->value();
    spec.seed = m_seed->text().toULongLong();
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        spec.*mixParts()[i].part = m_parts[i].slider->value();
    return spec;
}

void WorkloadPanel::setSpec(const WorkloadSpec &spec)
{
    m_filling = true;
    m_rate->setValue(static_cast<int>(std::lround(spec.rate)));
    m_zipf->setValue(spec.zipf);
    m_keys->setValue(spec.keys);
    m_flight->setValue(spec.maxInFlight);
    m_seed->setText(QString::number(spec.seed));
    const std::array<int, 5> percents = mixPercents(spec);
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        m_parts[i].slider->setValue(percents[i]);
    m_filling = false;
    m_presets->setCurrentIndex(0);
    changed();
}

void WorkloadPanel::choosePreset(int index)
{
    // The first item is what the controls say.
    if (index <= 0)
        return;
    setSpec(workloadPresets()[static_cast<std::size_t>(index - 1)].spec);
    m_presets->setCurrentIndex(index);
}

void WorkloadPanel::changed()
{
    if (m_filling)
        return;
    m_filling = true;
    m_rateSlider->setValue(stepOfRate(m_rate->value()));
    m_zipfSlider->setValue(static_cast<int>(std::lround(m_zipf->value() * zipfSteps / 2)));
    m_filling = false;
    m_presets->setCurrentIndex(0);
    showMix();
    showShare();
    const Status valid = spec().validate();
    m_problem->setVisible(!valid);
    if (!valid)
        m_problem->setText(QStringLiteral("✖ ") + format::error(valid.error()));
    m_start->setEnabled(m_running || valid);
    if (m_running && valid)
        m_apply->start();
}

void WorkloadPanel::apply()
{
    if (!m_running)
        return;
    if (const Status started = m_monitor.startWorkload(spec()); !started) {
        m_running = false;
        Q_EMIT messageShown(format::error(started.error()));
    }
    showRunning();
}

void WorkloadPanel::setRunning(bool run)
{
    m_apply->stop();
    m_running = run;
    if (run)
        return apply();
    m_monitor.stopWorkload();
    showRunning();
}

void WorkloadPanel::showState(const WorkloadState &state)
{
    m_state = state;
    showRunning();
}

void WorkloadPanel::showMix()
{
    const std::array<int, 5> percents = mixPercents(spec());
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        m_parts[i].percent->setText(QStringLiteral("%1%").arg(percents[i]));
}

void WorkloadPanel::showShare()
{
    m_share->setText(tr("The ten most popular keys get %1 of the lookups of a type")
                         .arg(format::percent(topTenShare(m_zipf->value(), m_keys->value()))));
}

void WorkloadPanel::showRunning()
{
    m_start->setText(m_running ? tr("&Pause") : tr("&Start"));
    m_start->setIcon(glyphIcon(m_running ? Glyph::Stop : Glyph::Play));
    const auto rate = [](double value) { return format::count(static_cast<quint64>(std::llround(value))); };
    if (!m_running)
        m_outcome->setText(tr("Not running"));
    else if (!m_state.running)
        m_outcome->setText(tr("Starting…"));
    else
        m_outcome->setText(tr("asked %1/s · achieved %2/s · sent %3 · dropped %4")
                               .arg(rate(m_state.askedRate), rate(m_state.achievedRate), format::count(m_state.sent),
                                   format::count(m_state.dropped)));
}

void WorkloadPanel::retranslate()
{
    setWindowTitle(tr("Workload"));
    const int chosen = std::max(0, m_presets->currentIndex());
    m_presets->clear();
    m_presets->addItem(tr("Own settings"));
    for (const WorkloadPreset &preset : workloadPresets())
        m_presets->addItem(preset.name);
    m_presets->setCurrentIndex(chosen);
    m_presetLabel->setText(tr("Pre&set:"));
    m_traffic->setTitle(tr("Traffic"));
    m_rateLabel->setText(tr("&Rate:"));
    m_rate->setSuffix(tr("/s", "lookups per second"));
    m_zipfLabel->setText(tr("S&kew:"));
    m_keysLabel->setText(tr("Ke&ys:"));
    m_flightLabel->setText(tr("I&n flight:"));
    m_seedLabel->setText(tr("See&d:"));
    m_mix->setTitle(tr("Mix"));
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        m_parts[i].label->setText(typeTitle(QLatin1String(mixParts()[i].type)));
    nameControls();
    showShare();
    showRunning();
}

void WorkloadPanel::nameControls()
{
    m_rate->setAccessibleName(tr("Lookups per second"));
    m_rateSlider->setAccessibleName(tr("Lookups per second, logarithmic"));
    m_zipf->setAccessibleName(tr("Zipf skew, 0 to 2"));
    m_zipfSlider->setAccessibleName(tr("Zipf skew, 0 to 2"));
    m_zipf->setToolTip(tr("Zipf's law: 0 makes all keys equally popular, 1 is usual, 2 is extreme"));
    m_keys->setAccessibleName(tr("Number of different keys"));
    m_flight->setAccessibleName(tr("Most unanswered lookups"));
    m_flight->setToolTip(tr("What is due while so many are unanswered is dropped and counted"));
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("The same seed gives the same order of keys"));
    m_presets->setAccessibleName(tr("Preset"));
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        m_parts[i].slider->setAccessibleName(tr("Share of type %1").arg(m_parts[i].label->text()));
}

void WorkloadPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace insitecache
