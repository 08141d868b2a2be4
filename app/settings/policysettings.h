// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <insitecache/cache/policy.h>

#include "settings/configfile.h"

namespace insitecache {

/// `[policy.TYPE]` of the file as complete policies: what a table leaves out stays as it is built in (or, for a type
/// that is not, as "default" is). Fields: policyFields().
/// `settings` are named policy.TYPE.FIELD. Errors: InvalidArgument, "file:line: …".
Result<std::vector<Policy>> policiesFrom(const ConfigFile::Flat &settings);

/// The built-in policies with valid ones above them.
std::vector<Policy> withBuiltIn(const std::vector<Policy> &changed);
/// What a type gets among all policies: its own one, or the default one under the type's name.
Policy policyAmong(const std::vector<Policy> &all, const std::string &type);

/// Changes one field by its name. Errors: InvalidArgument.
Status setPolicyField(Policy &policy, std::string_view field, std::string_view value);

/// The names of the fields.
const std::vector<std::string_view> &policyFields();
/// The field as setPolicyField() takes it.
std::string policyFieldText(const Policy &policy, std::string_view field);

} // namespace insitecache
