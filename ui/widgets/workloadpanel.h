// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QWidget>

#include <insitecache/monitor/monitor.h>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSlider;
class QSpinBox;
class QTimer;

namespace insitecache {

/// The workload driver's controls: how fast, how skewed, of what; asked against achieved rate. For a dock.
class WorkloadPanel : public QWidget {
    Q_OBJECT

public:
    /// The monitor must outlive the panel.
    explicit WorkloadPanel(Monitor &monitor, QWidget *parent = nullptr);

    /// What the controls say.
    WorkloadSpec spec() const;
    void setSpec(const WorkloadSpec &spec);
    /// Once a second.
    void showState(const WorkloadState &state);

public Q_SLOTS:
    void setRunning(bool run);

Q_SIGNALS:
    /// One line for the status bar, plain text.
    void messageShown(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    QWidget *buildTop();
    QWidget *buildTraffic();
    QWidget *buildMix();
    QWidget *withSlider(QSlider *slider, QWidget *spin);
    void addRow(QFormLayout &form, QLabel *&label, QWidget *field, QWidget *buddy);
    void connectControls();
    void changed();
    void apply();
    void choosePreset(int index);
    void showMix();
    void showShare();
    void showRunning();
    void retranslate();
    void nameControls();

    Monitor &m_monitor;
    WorkloadState m_state;
    bool m_running = false; ///< as asked for
    bool m_filling = false; ///< the program itself moves the controls
    QTimer *m_apply;
    QPushButton *m_start;
    QLabel *m_presetLabel;
    QComboBox *m_presets;
    QGroupBox *m_traffic;
    QLabel *m_rateLabel, *m_zipfLabel, *m_keysLabel, *m_flightLabel, *m_seedLabel;
    QSlider *m_rateSlider;
    QSpinBox *m_rate;
    QSlider *m_zipfSlider;
    QDoubleSpinBox *m_zipf;
    QLabel *m_share;
    QSpinBox *m_keys;
    QSpinBox *m_flight;
    QLineEdit *m_seed;
    QGroupBox *m_mix;
    struct Part {
        QLabel *label = nullptr;
        QSlider *slider = nullptr;
        QLabel *percent = nullptr;
    };
    std::array<Part, 5> m_parts;
    QLabel *m_problem;
    QLabel *m_outcome;
};

} // namespace insitecache
