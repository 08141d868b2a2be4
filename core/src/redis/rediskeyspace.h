// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/selector.h>
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// How keys are called on the server: `<prefix><epoch>:<space>:v:<key text>`, the types that all spaces share under the
/// empty space. The space is escaped, so two spaces never meet.
///
/// The epoch is the server's own run, so what a server brings back from its disk, where a deleted value may be alive
/// again, is invisible. It changes only while no command is under way. Cache thread only.
class RedisKeyspace {
public:
    explicit RedisKeyspace(const RedisTierOptions &options);

    void setEpoch(std::string_view epoch);
    const std::string &epoch() const { return m_epoch; }
    std::string nameOf(const CacheKey &key) const;
    /// Who may store the value of `key`.
    std::string leaseOf(const CacheKey &key) const;
    /// Part of every lease; a new one voids them all.
    std::string generation() const { return m_start + "generation"; }
    /// The log of invalidations, one for all spaces.
    std::string stream() const { return m_start + "invalidations"; }
    /// The databases of all who follow that log, by their identities.
    std::string databases() const { return m_start + "databases"; }
    /// Which protocol is spoken here.
    std::string protocol() const { return m_start + "protocol"; }
    /// The key behind a name, nothing when the name is not one of ours.
    std::optional<CacheKey> keyOf(std::string_view name) const;
    /// What to give to SCAN MATCH so that no match of `which` is missed. More than one: one SCAN each.
    std::vector<std::string> scanPatterns(const Selector &which) const;

private:
    bool isShared(std::string_view type) const;
    const std::string &spaceOf(const CacheKey &key) const { return isShared(key.type()) ? m_shared : m_own; }

    std::string m_prefix, m_space, m_epoch;
    std::string m_start;         ///< of every name, epoch included
    std::string m_own, m_shared; ///< of the names of keys
    std::vector<std::string> m_sharedTypes;
};

} // namespace insitecache
