// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/policychange.h"

#include <QLockFile>

#include "settings/layers.h"
#include "settings/policyfile.h"
#include "settings/policysettings.h"
#include "settings/printable.h"
#include "settings/xdgpaths.h"

namespace insitecache {

namespace {

constexpr int policyLockWaitMs = 5000;

struct PolicyPlan {
    PolicyChange change;
    PolicyFile file;
};

Result<Policy> policyUnder(const ConfigFile::Flat &settings, const std::string &type)
{
    const auto changed = policiesFrom(settings);
    if (!changed)
        return tl::unexpected(changed.error());
    return policyAmong(withBuiltIn(*changed), type);
}

Result<PolicyPlan> makePolicyPlan(const PolicyEdit &edit, const SettingLayers &layers)
{
    auto file = PolicyFile::read(layers.policyFile());
    if (!file)
        return tl::unexpected(file.error());
    const auto before = policyUnder(layers.policies(), edit.type);
    if (!before)
        return tl::unexpected(before.error());
    for (const auto &[field, text] : edit.fields)
        file->set(edit.type, field, text);
    if (edit.fields.empty())
        file->unset(edit.type);
    const auto after = policyUnder(file->over(layers.configPolicies()), edit.type);
    if (!after)
        return tl::unexpected(after.error());
    return PolicyPlan{{*before, *after}, std::move(*file)};
}

Result<PolicyPlan> freshPolicyPlan(
    const PolicyEdit &edit, const Arguments &arguments, const Settings::Environment &environment)
{
    const auto layers = SettingLayers::read(Program::CommandLine, arguments, environment);
    return layers ? makePolicyPlan(edit, *layers) : tl::unexpected(layers.error());
}

Result<std::string> placeForPolicies(const Arguments &arguments, const Settings::Environment &environment)
{
    const auto layers = SettingLayers::read(Program::CommandLine, arguments, environment);
    if (!layers)
        return tl::unexpected(layers.error());
    const std::string path = layers->policyFile();
    if (path.empty())
        return fail(ErrorCode::Unconfigured, "there is no place for policies: neither XDG_CONFIG_HOME nor HOME is set",
            "name a configuration file with --config");
    const std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && slash > 0) {
        if (Status ok = makePrivateDirectory(path.substr(0, slash)); !ok)
            return tl::unexpected(ok.error());
    }
    return path;
}

} // namespace

Result<PolicyChange> planPolicyChange(
    const PolicyEdit &edit, const Arguments &arguments, const Settings::Environment &environment)
{
    return freshPolicyPlan(edit, arguments, environment).map([](const PolicyPlan &plan) { return plan.change; });
}

Result<PolicyChange> changePolicyFile(
    const PolicyEdit &edit, const Arguments &arguments, const Settings::Environment &environment)
{
    const auto path = placeForPolicies(arguments, environment);
    if (!path)
        return tl::unexpected(path.error());
    QLockFile lock(QString::fromStdString(*path + ".lock"));
    if (!lock.tryLock(policyLockWaitMs))
        return fail(ErrorCode::Io, "the policies in " + printable(*path) + " cannot be locked",
            "check the permissions of its directory, and whether another process is changing them");
    const auto plan = freshPolicyPlan(edit, arguments, environment);
    if (!plan)
        return tl::unexpected(plan.error());
    if (Status ok = plan->file.write(); !ok)
        return tl::unexpected(ok.error());
    return plan->change;
}

} // namespace insitecache
