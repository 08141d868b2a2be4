// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/policywatch.h"

#include <algorithm>
#include <utility>

#include <QFileInfo>
#include <QFutureWatcher>

#include "settings/policyfile.h"
#include "settings/policysettings.h"

namespace insitecache {

namespace {

// Who writes a file in place empties it first: what is read at once may be half of it.
constexpr int policySettleMs = 200;

/// What every type gets that one side or the other knows. A type that has no policy any more gets the default one under
/// its own name: a registry forgets none.
std::vector<Policy> policiesToApply(const PolicyRegistry &running, const std::vector<Policy> &fromFiles)
{
    const std::vector<Policy> wanted = withBuiltIn(fromFiles);
    std::vector<Policy> policies = wanted;
    for (const Policy &policy : *running.all()) {
        const auto same = [&policy](const Policy &other) { return other.type == policy.type; };
        if (std::none_of(wanted.begin(), wanted.end(), same))
            policies.push_back(policyAmong(wanted, policy.type));
    }
    std::erase_if(policies, [&running](const Policy &policy) { return *running.policyFor(policy.type) == policy; });
    return policies;
}

} // namespace

PolicyWatch::PolicyWatch(Engine &engine, const Settings &settings, QObject *parent) :
    QObject(parent), m_engine(engine), m_file(settings.policyFile), m_below(settings.configPolicies), m_settle(this)
{
    if (m_file.empty())
        return;
    m_settle.setSingleShot(true);
    m_settle.setInterval(policySettleMs);
    connect(&m_settle, &QTimer::timeout, this, &PolicyWatch::read);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
    watch();
    m_settle.start();
}

// A rename over the file ends the watch on it, so that is set anew each time; the folder tells of the rename, and where
// there is no folder yet, the one above it that there is.
void PolicyWatch::watch()
{
    const QFileInfo file(QString::fromStdString(m_file));
    QString folder = file.absolutePath();
    while (!QFileInfo::exists(folder))
        folder = QFileInfo(folder).absolutePath();
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.contains(folder))
        m_watcher.addPath(folder);
    if (file.exists() && !watched.contains(file.absoluteFilePath()))
        m_watcher.addPath(file.absoluteFilePath());
}

void PolicyWatch::read()
{
    watch();
    const auto policies = policiesOfFiles();
    const std::string problem = policies ? std::string() : policies.error().toString();
    const bool isNew = problem != std::exchange(m_problem, problem);
    if (policies)
        apply(*policies);
    else if (isNew)
        Q_EMIT unusable(policies.error());
}

Result<std::vector<Policy>> PolicyWatch::policiesOfFiles() const
{
    const auto file = PolicyFile::read(m_file);
    if (!file)
        return tl::unexpected(file.error());
    return policiesFrom(file->over(m_below));
}

void PolicyWatch::apply(const std::vector<Policy> &wanted)
{
    std::vector<std::string> types;
    for (const Policy &policy : policiesToApply(m_engine.policies(), wanted)) {
        set(policy);
        types.push_back(policy.type);
    }
    if (!types.empty())
        Q_EMIT changed(types);
}

void PolicyWatch::set(const Policy &policy)
{
    auto *sweep = new QFutureWatcher<Status>(this);
    connect(sweep, &QFutureWatcherBase::finished, this, [this, sweep] {
        sweep->deleteLater();
        if (sweep->future().isResultReadyAt(0) && !sweep->result())
            Q_EMIT notSwept(sweep->result().error());
    });
    sweep->setFuture(m_engine.setPolicy(policy));
}

} // namespace insitecache
