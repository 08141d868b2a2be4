// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/selection.h"

#include <insitecache/sources/values.h>

namespace insitecache {

namespace {

Result<Selector> keySelection(const Arguments &arguments)
{
    std::vector<CacheKey> keys;
    for (const Arguments::Given &given : arguments.options) {
        if (given.name != "key")
            continue;
        auto key = normalisedKey(given.value);
        if (!key)
            return tl::unexpected(key.error());
        keys.push_back(std::move(*key));
    }
    return Selector::keys(std::move(keys));
}

} // namespace

Result<Selector> patternSelection(const std::string &pattern)
{
    auto glob = Glob::compile(pattern);
    return glob ? Result<Selector>(Selector::pattern(std::move(*glob))) : tl::unexpected(glob.error());
}

Result<Selector> typeSelection(const std::string &type)
{
    if (auto valid = CacheKey::make(type, "x"); !valid)
        return tl::unexpected(valid.error());
    return Selector::type(type);
}

Result<Selector> selectionFrom(const Arguments &arguments)
{
    const std::string *pattern = arguments.value("pattern");
    const std::string *type = arguments.value("type");
    const bool byKey = arguments.has("key");
    const bool all = arguments.has("all");
    if (int(byKey) + int(pattern != nullptr) + int(type != nullptr) + int(all) != 1)
        return fail(ErrorCode::InvalidArgument, "say once what to invalidate",
            "give exactly one of --key K, --pattern GLOB, --type T, --all");
    if (byKey)
        return keySelection(arguments);
    if (pattern)
        return patternSelection(*pattern);
    return type ? typeSelection(*type) : Result<Selector>(Selector::all());
}

} // namespace insitecache
