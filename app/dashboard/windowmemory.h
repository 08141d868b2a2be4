// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "mainwindow.h"
#include "settings/settings.h"

class QSettings;

namespace insitecache {

/// What the window looked like when it was closed, a profile at a time, in a file beside the configuration, which
/// itself is never written. What the command line, environment or configuration say wins.
class WindowMemory {
public:
    explicit WindowMemory(const Settings &settings);
    ~WindowMemory();

    void recall(MainWindow &window) const;
    void keep(const MainWindow &window);

private:
    bool isChosen(const char *name) const;

    const Settings &m_settings;
    std::unique_ptr<QSettings> m_file; ///< null: nothing is remembered
};

} // namespace insitecache
