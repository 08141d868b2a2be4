// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <insitecache/cache/engine.h>

#include "settings/configfile.h"
#include "settings/settings.h"

namespace insitecache {

/// Makes a running engine follow policies.toml, so that `policies set` takes effect without a restart, however the file
/// is written: in place, by a rename over it, or taken away. What config.toml says below it is as it was at the start.
/// A file that does not hold policies changes nothing, and says so once. Main thread, needs its event loop.
class PolicyWatch : public QObject {
    Q_OBJECT

public:
    /// The engine must outlive the watch. Also looks once at the beginning: the file may have changed since `settings`
    /// were read.
    PolicyWatch(Engine &engine, const Settings &settings, QObject *parent = nullptr);

Q_SIGNALS:
    /// These types get another policy.
    void changed(const std::vector<std::string> &types);
    /// The policies stay as they are. As PolicyFile::read().
    void unusable(const insitecache::Error &error);
    /// A tier that a type leaves could not be swept. The policy holds all the same.
    void notSwept(const insitecache::Error &error);

private:
    void watch();
    void read();
    Result<std::vector<Policy>> policiesOfFiles() const;
    void apply(const std::vector<Policy> &wanted);
    void set(const Policy &policy);

    Engine &m_engine;
    const std::string m_file;
    const ConfigFile::Flat m_below;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    std::string m_problem; ///< the one that was said last
};

} // namespace insitecache
