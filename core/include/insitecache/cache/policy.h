// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <insitecache/base/clock.h>
#include <insitecache/base/error.h>
#include <insitecache/tiers/tier.h>
#include <insitecache/tiers/tieroptions.h>

namespace insitecache {

/// How a write of this type travels. Through: L3, then upward. Around: L3, and the copies above go. Behind: it is
/// acknowledged when the journal has it, L2 and L1 get it at once and L3 in the background; without a journal or an L3
/// it goes through.
enum class WriteStrategy { Through, Around, Behind };
std::string_view writeStrategyName(WriteStrategy strategy);

/// What is decided per type of key. Durations are what a fresh fetch gets before jitter.
///
/// With adaptiveTtl each value that is loaded lives as long as it is likely to stay true, between minTtl and maxTtl:
/// until the next session while its exchange is closed; else as long as it, or its type, was seen to stay unchanged,
/// with a tenth of the answers outdated at the most, but no longer than the upstream's own max-age. Where nothing is
/// known it gets ttl. Lookup::ttlReason says which of these it was. Jitter only shortens then. Written values get ttl.
struct Policy {
    std::string type;                           ///< "stock"; "default" is used for every type without its own
    bool tiers[tierCount] = {true, true, true}; ///< L1, L2, L3
    Millis ttl{300'000};                        ///< > 0
    double jitter = 0.1;       ///< ± share of ttl, 0 … 0.5: entries set together do not expire together
    double refreshAhead = 0.0; ///< a hit past this share of ttl starts a background refresh; 0 = never
    WriteStrategy strategy = WriteStrategy::Through;
    Millis staleFor{3'600'000}; ///< how long after ttl a copy may be served while the source fails
    Millis negativeTtl{30'000}; ///< how long "there is none" is believed, ≤ 30 s
    bool adaptiveTtl = false;   ///< see above
    Millis minTtl{30'000};      ///< > 0; also what holds against a max-age of 0
    Millis maxTtl{86'400'000};  ///< ≥ minTtl
    bool l3IsTruth = false;     ///< no upstream: L3 holds the value itself, it does not expire there
    /// What the type is guaranteed of L1: that much of it no other type pushes out. 0: nothing of its own, it shares
    /// what is left with all others that have nothing. What it does not use is lent; guarantees beyond what L1 has
    /// shrink in proportion. Not for "default", which is no type.
    std::uint64_t l1Bytes = 0;

    /// Before jitter.
    Millis longestTtl() const { return adaptiveTtl && maxTtl > ttl ? maxTtl : ttl; }
    bool uses(Stage stage) const { return stage <= Stage::L3 && tiers[static_cast<int>(stage)]; }
    friend bool operator==(const Policy &, const Policy &) = default;
    /// Errors: InvalidArgument naming the field and the allowed range.
    Status validate() const;
};

/// All policies. There is always a default one. Copy-on-write: readers get an immutable snapshot.
/// Any thread.
class PolicyRegistry {
public:
    using Snapshot = std::shared_ptr<const std::vector<Policy>>;
    using Follower = std::function<void(const std::vector<Policy> &)>;

    /// stock, search, sentiment, trending, user and default.
    PolicyRegistry();

    /// The type's own policy or the default one. The reference lives as long as the returned pointer.
    std::shared_ptr<const Policy> policyFor(std::string_view type) const;
    Snapshot all() const;
    /// Replaces or adds. Errors: as Policy::validate(), and more types with l1Bytes than L1 can keep apart.
    Status set(Policy policy);
    /// Calls `follower` now and after every change, one call at a time, on the thread that makes the change. It must
    /// not change policies itself. It is let go when the returned pointer is.
    [[nodiscard]] std::shared_ptr<const Follower> follow(Follower follower);

    static std::vector<Policy> builtIn();

private:
    void tellFollowers();

    mutable std::mutex m_mutex; ///< guards m_policies
    Snapshot m_policies;
    std::mutex m_changing; ///< one change at a time, its followers told; taken before m_mutex
    std::vector<std::weak_ptr<const Follower>> m_followers;
};

/// What the policies guarantee.
std::vector<TypeGuarantee> guaranteesOf(const std::vector<Policy> &policies);
/// They guarantee more than the `available` bytes of L1. Empty: they do not.
std::string excessOfGuarantees(const std::vector<Policy> &policies, std::uint64_t available);

} // namespace insitecache
